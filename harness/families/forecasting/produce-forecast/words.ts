import type { Lang } from '../../../core/lang.ts';
import type { ProduceForecastFacts } from './facts.ts';

/** What is known beforehand, as the question says it. */
export function knownBeforehand({ special, series }: ProduceForecastFacts, lang: Lang): string {
  const zh = lang === 'zh';
  switch (special.kind) {
    case 'none':
      return zh ? '待预测时段没有已知的特殊情况。' : 'Nothing unusual is known of the hours to forecast.';
    case 'holiday':
      return zh
        ? `待预测时段为法定节假日。往年该节假日期间，各时段与气象无关的负荷均为工作日的 ${special.share_pct}%。`
        : `The hours to forecast are a public holiday. In past years the part of the load that does not come from the weather was ${special.share_pct} % of a working day's in every hour of it.`;
    case 'heat_wave':
      return zh ? '气象部门预报将有高温天气。' : 'A heat wave is forecast.';
    case 'cold_snap':
      return zh ? '气象部门预报将有寒潮。' : 'A cold snap is forecast.';
    case 'typhoon':
      return zh ? '气象部门预报将有台风过境。' : 'A typhoon is forecast to pass.';
    case 'maintenance': {
      const { out, units } = special;
      const [what, name] = series === 'wind' ? ['turbines', '风机'] : ['inverters', '逆变器'];
      return zh
        ? `待预测各时段 ${units} 台${name}中有 ${out} 台检修停运，历史时段内无停运。`
        : `In all hours to forecast ${out} of the ${units} ${what} are out for maintenance; none was out in the history.`;
    }
    case 'eclipse': {
      const hours = special.cover.map(({ no, percent }) =>
        zh ? `${no - 1} 时起的一小时 ${percent}%` : `${percent} % of the hour that begins at ${no - 1}:00`,
      );
      return zh
        ? `当日有日食。表中辐照度未计日食影响，日食使辐照度减少的比例为：${hours.join('，')}。`
        : `A solar eclipse is due. The irradiance below is that without it; the Moon takes ${hours.join(', ')}.`;
    }
    case 'supply_out':
      return zh
        ? `待预测各时段有一大型电厂停运。以往同等规模停运时，电价较相同时段、相同光照条件高出 ${special.percent}%。`
        : `A large plant is out in all hours to forecast. When as much was out before, prices stood ${special.percent} % above those of equal hours with equal sun.`;
    case 'training_job': {
      const { first, last, it_mw } = special;
      return zh
        ? `待预测时段中第 ${first}～${last} 小时将运行一项训练任务，IT 设备负荷增加 ${it_mw} MW，制冷随 IT 负荷变化的规律不变；历史时段内没有此类任务。`
        : `A training job will run in hours ${first} to ${last} of those to forecast and adds ${it_mw} MW at the racks; cooling follows the racks as before. There was none in the history.`;
    }
  }
}
