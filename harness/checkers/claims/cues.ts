import type { Lang } from '../../core/lang.ts';
import { type Phrase, phraseIndex } from './phrases.ts';

/** What a word says about the figures beside it. */
export type Cue =
  | 'max'
  | 'min'
  | 'rise'
  | 'fall'
  | 'change'
  | 'mean'
  | 'above'
  | 'below'
  | 'over-forecast'
  | 'under-forecast'
  | 'error'
  | 'cause'
  | 'not'
  | 'hedge'
  | 'before'
  | 'after'
  | 'next'
  | 'morning'
  | 'evening'
  | 'to'
  | 'from'
  | 'none';

/** `none`: phrases that hold a cue's word and are not that cue. The longest phrase wins, so these shield what they contain. */
const WORDS: Readonly<Record<Cue, Readonly<Record<Lang, string>>>> = {
  max: {
    en: 'peak,peaks,peaked,peaking,maximum,max,highest,top,tops out,high point,crest,hottest,strongest',
    zh: '冲高,见顶,触顶,顶点,最高点,峰值,最高,最大,尖峰,高峰,达峰,峰,最热',
  },
  min: {
    en: 'minimum,lowest,trough,valley,low point,bottom,bottoms out,coldest,weakest',
    zh: '最低,最小,低谷,谷值,谷,最冷',
  },
  rise: {
    en: 'rise,rises,rising,rose,risen,climb,climbs,climbing,climbed,increase,increases,increasing,increased,upward,ramp up,ramps up,ramping up,upward,up-ramp,upward ramp,grow,grows,growing,grew,gain,gains,pick up,picks up,recover,recovers,jump,jumps,go up,goes up,up by,up,upwards,surge,surges,surging,soar,soars,soaring,build,builds,builds up',
    zh: '上升,上行,拉升,陡升,升高,增加,上涨,爬升,攀升,增长,回升,走高,上爬坡,向上,升至,升到,增至,增到,涨,升',
  },
  fall: {
    en: 'fall,falls,falling,fell,fallen,drop,drops,dropping,dropped,decrease,decreases,decreasing,decreased,decline,declines,declining,declined,ramp down,ramps down,ramping down,downward,down-ramp,downward ramp,sink,sinks,plunge,plunges,collapse,collapses,lose,loses,go down,goes down,down by,down,downwards,slide,slides,sliding,slip,slips,slipping,tumble,tumbles,tumbling,shed,sheds,come off,comes off,coming off',
    zh: '下降,下行,陡降,下跌,降低,减少,回落,走低,骤降,下滑,下爬坡,向下,降至,降到,减至,跌至,跌,降',
  },
  // "The largest change" is no maximum of the series.
  change: {
    en: 'ramp,ramps,ramping,swing,swings,change,changes,gradient,maximum ramp,max ramp,highest ramp,top ramp,peak ramp,maximum change,max change,highest change,maximum swing',
    zh: '爬坡,变化,变幅,变动,最大爬坡,最大变化,最大变幅,最大变动,爬坡最大,变化最大,变幅最大,变动最大,变化幅度最大,爬坡幅度最大',
  },
  mean: { en: 'mean,average,averages,averaged,averaging', zh: '平均,均值' },
  above: {
    en: 'above,higher than,exceed,exceeds,exceeded,exceeding,more than,greater than,hotter than,warmer than,stronger than,over the forecast,over the actual,over the limit,over the contract,over the firm,over the capacity,over the commitment,over the committed,over the alert,in excess of',
    zh: '高于,超过,大于,高出,多于,超出,超,偏多,偏大,高',
  },
  below: {
    en: 'below,lower than,less than,smaller than,short of,colder than,cooler than,weaker than,under the forecast,under the actual,under the limit,under the contract,under the firm,under the capacity,under the commitment,under the committed,under the alert',
    zh: '低于,小于,少于,不及,偏少,偏小,低',
  },
  'over-forecast': {
    en: 'over-forecast,over-forecasts,over-forecasted,overforecast,over-forecasting,overestimate,overestimates,overestimated,over-estimated,overpredicted,over-predicted,overstated,overshot,overshoot,overshoots,too high,forecast high',
    zh: '预测偏高,预测过高,高估,过高估计,偏高,报高,多报',
  },
  'under-forecast': {
    en: 'under-forecast,under-forecasts,under-forecasted,underforecast,under-forecasting,underestimate,underestimates,underestimated,under-estimated,underpredicted,under-predicted,understated,undershot,undershoot,undershoots,too low,forecast low',
    zh: '预测偏低,预测过低,低估,过低估计,偏低,报低,少报',
  },
  error: {
    en: 'error,errors,deviation,deviations,bias,forecast error',
    zh: '误差,偏差,相差,预测误差,预测偏差',
  },
  cause: {
    en: 'why,hence,as a result,therefore,consequently,because,because of,due to,caused by,cause,causes,caused,driven by,drive,drives,driver,owing to,reason,reasons,result of,results from,resulting from,attributed to,attributable to,explain,explains,explained by,stems from,comes from,pushed by,pushes,thanks to,behind,led to,leads to,shaped by,shapes,governed by,governs,dominated by,dominates,dictated by,dictates,determined by,determines,factor,factors,comes down to,down to,put down to,responsible,triggered by,triggered,initiated by',
    zh: '由于,因为,因,导致,造成,引起,受,影响,所致,原因,归因,叠加,拉动,驱动,推高,带来,源于,缘于,使,引发,主导,左右,取决于,决定,因素',
  },
  not: {
    en: "not,no,never,without,neither,nor,rather than,instead of,isn't,wasn't,doesn't,didn't,aren't,weren't,won't,cannot,can't,ruled out,rule out,failed to,fails to,no sign of,unrelated,untrue,spurious,is false,was false",
    zh: '不是,并非,没有,而非,不会,并未,不属于,排除,无关,未,不存在,未见,不可能,并不,拒动,误报,误发',
  },
  hedge: {
    en: 'could,may,might,perhaps,possibly,possible,maybe,potentially,conceivably,cannot be ruled out,it depends,either,uncertain,unclear,or so,who knows,not sure',
    zh: '可能,也许,或许,大概,不排除,疑似,恐怕,说不定,或者,不确定,难说,未必,也可能',
  },
  before: {
    en: 'before,prior to,ahead of,earlier than,preceded,precedes',
    zh: '之前,早于,先于,以前,前',
  },
  after: { en: 'after,following,later than', zh: '之后,晚于,以后,后' },
  next: { en: 'then,subsequently,followed by,thereupon', zh: '随后,继而,接着,然后,紧接着' },
  morning: { en: 'morning peak,morning maximum', zh: '早峰,早高峰,午峰,午高峰,上午高峰' },
  evening: { en: 'evening peak,evening maximum', zh: '晚峰,晚高峰,傍晚高峰' },
  to: { en: 'to,reach,reaches,reaching,reached', zh: '至,到,达,达到,为' },
  from: { en: 'from', zh: '从,自,由' },
  none: {
    en: 'up to,line up,lined up,lining up,back up,backed up,set up,start up,started up,make up,follow up,bring up,hold up,keep up,shut down,hold down,held down,holding down,stand down,break down,cut down,turn down,bring down,not announced,not booked,not forecast,not foreseen,not expected,not planned,not only,no more than,no less than,not exceed,on-peak,off-peak,peak shaving,peak hours,at the top,top up,no later than,no earlier than,according to,thereby,due diligence,change of shift,back to,next to,close to,compared to,relative to,owing,respond to',
    zh: '顶峰,迎峰,未来,未报,未报备,未预报,未预测,未预见,未预料,未料到,未计划,未列入,未计入,未考虑,未通知,没有预报,没有预测,没有考虑,没有报备,没有上报,不低于,不高于,不超过,不足,峰谷,调峰,移峰,错峰,削峰,因此,因子,前后,今后,后续,目前,前一,前日,后备,最后,受端,使用,为了,作为,即使,升级,降水,降雨,降雪,降温,升温,以及,不少于,不小于,不大于,超前,高温,高寒,高压,低温,低压,提高,较高,较低,高比例,低负荷,高负荷,高度,高效,升高,超级,高速,低速,高耗能,高风险,低风险,风险高,从高到低,后续',
  },
};

export const CUES = phraseIndex<Cue>(
  (Object.keys(WORDS) as Cue[]).flatMap((cue) =>
    [...WORDS[cue].en.split(','), ...WORDS[cue].zh.split(',')].map(
      (text): Phrase<Cue> => ({ text, meaning: cue }),
    ),
  ),
);
