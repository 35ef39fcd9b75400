import type { AuditScenario } from '../scenario.ts';

/** The load forecast of a hot day, told to the control room. */
export const heat: AuditScenario = {
  id: 'heat',
  draw(random) {
    const peak = random.range(7200, 9800, 100);
    const more = random.range(300, 760, 20);
    const hour = random.int(13, 16);
    const time = `${hour}:30`;
    const reserve = random.range(410, 690, 20);
    const warmer = random.int(3, 6);
    return {
      en: {
        question: `Tell the control room what tomorrow's load will be like. Facts: forecast maximum ${peak} MW at ${time}; today's maximum was ${peak - more} MW; tomorrow will be ${warmer} °C warmer than today and no holiday; nine days in ten the forecast of the maximum has been within ±2 %; the desk recommends ${reserve} MW of upward reserve over the maximum.`,
        criteria: [
          {
            id: 'change',
            points: 3,
            text: `States that tomorrow's maximum is ${more} MW higher than today's.`,
            evidence: [[`\\b${more} ?MW`, 'more|higher|above|rise|increase|up']],
            met: [
              `Tomorrow's maximum is ${more} MW higher than today's.`,
              `Compared with today the maximum goes up by ${more} MW.`,
              `The load maximum lies ${more} MW above that of today.`,
            ],
            unmet: [
              `Tomorrow's maximum is ${more} MW lower than today's.`,
              'The load maximum stays where it was today.',
            ],
          },
          {
            id: 'time',
            points: 2,
            text: `States that the maximum is expected at about ${time}.`,
            evidence: [`\\b${time}\\b`],
            met: [
              `The maximum is expected at about ${time}.`,
              `Load will be highest around ${time}.`,
              `Be ready for the highest load of the day near ${time}.`,
            ],
            unmet: [
              `The maximum is expected at about ${hour + 5}:30.`,
              'The maximum is expected in the morning, before work begins.',
            ],
          },
          {
            id: 'why',
            points: 2,
            text: 'Gives the higher temperature as the cause.',
            evidence: ['warm|hot|heat|temperature'],
            met: [
              'The cause is the higher temperature.',
              `What drives it is cooling, as it will be ${warmer} °C warmer.`,
              'Hotter weather is behind this.',
            ],
            unmet: [
              'The cause is the end of the holidays.',
              'It has nothing to do with temperature, which hardly changes.',
            ],
          },
          {
            id: 'reserve',
            points: 2,
            text: `Recommends ${reserve} MW of upward reserve.`,
            evidence: [[`\\b${reserve} ?MW`, 'reserve']],
            met: [
              `We recommend ${reserve} MW of upward reserve.`,
              `Please hold ready a reserve of ${reserve} MW for going up.`,
              `Upward reserve should be no less than ${reserve} MW.`,
            ],
            unmet: [
              `We recommend ${reserve - 300} MW of upward reserve.`,
              `A reserve of ${reserve} MW is not needed; the usual one will do.`,
            ],
          },
          {
            id: 'certain',
            points: -2,
            text: 'Presents the forecast as certain, without any doubt.',
            evidence: ['\\b(certain(ly)?|guaranteed|exact(ly)?|no doubt|100 ?%)\\b'],
            met: [
              'This figure is certain and needs no margin for error.',
              'There is no doubt about this: it will come exactly so.',
              'Take it as guaranteed.',
            ],
            unmet: [
              'This is not certain: on one day in ten the error is larger than 2 %.',
              'The forecast may be out by two per cent either way, or more on a bad day.',
            ],
          },
        ],
        padding: [
          'The figures are hourly means in local time.',
          'An update will follow after the noon run of the weather model.',
          `The maximum of the year so far was recorded in another week and is kept in the archive.`,
        ],
      },
      zh: {
        question: `请向调度台说明明日负荷情况。已知：预测最大负荷 ${peak} MW，出现在 ${time}；今日最大负荷 ${peak - more} MW；明日气温比今日高 ${warmer} ℃，非节假日；最大负荷预测误差十天中有九天在 ±2% 以内；预测岗建议在最大负荷之上预留上备用 ${reserve} MW。`,
        criteria: [
          {
            id: 'change',
            points: 3,
            text: `说明明日最大负荷比今日高 ${more} MW。`,
            evidence: [[`${more} ?(MW|兆瓦)`, '高|增|升|多|上涨']],
            met: [
              `明日最大负荷比今日高 ${more} MW。`,
              `与今日相比，最大负荷增加 ${more} MW。`,
              `最高负荷较今日上升 ${more} MW。`,
            ],
            unmet: [`明日最大负荷比今日低 ${more} MW。`, '明日最大负荷与今日持平。'],
          },
          {
            id: 'time',
            points: 2,
            text: `说明最大负荷预计出现在 ${time} 前后。`,
            evidence: [`${hour} ?(:30|时 ?30|点半)`],
            met: [
              `最大负荷预计出现在 ${time} 前后。`,
              `负荷高峰在 ${hour} 点半左右。`,
              `请关注 ${time} 前后的负荷尖峰。`,
            ],
            unmet: [`最大负荷预计出现在 ${hour + 5}:30 前后。`, '最大负荷预计出现在清晨上班以前。'],
          },
          {
            id: 'why',
            points: 2,
            text: '指出气温升高是原因。',
            evidence: ['气温|高温|升温|炎热|天热'],
            met: ['原因是气温升高。', `明日升温 ${warmer} ℃，空调负荷增长所致。`, '主要受天气转热影响。'],
            unmet: ['原因是节后复工。', '与气温无关，明日气温变化不大。'],
          },
          {
            id: 'reserve',
            points: 2,
            text: `建议预留上备用 ${reserve} MW。`,
            evidence: [[`${reserve} ?(MW|兆瓦)`, '备用']],
            met: [
              `建议预留上备用 ${reserve} MW。`,
              `请安排 ${reserve} MW 的向上备用容量。`,
              `上调备用不宜少于 ${reserve} MW。`,
            ],
            unmet: [`建议预留上备用 ${reserve - 300} MW。`, `不需要 ${reserve} MW 的备用，按常规安排即可。`],
          },
          {
            id: 'certain',
            points: -2,
            text: '把预测说成确定无疑、没有误差。',
            evidence: ['确定无疑|准确无误|毫无疑问|没有误差|肯定|绝对'],
            met: [
              '该数值确定无疑，不必考虑误差。',
              '届时必将分毫不差地出现这一数值。',
              '预测准确无误，可直接照此安排，不留裕度。',
            ],
            unmet: [
              '该数值并非确定无疑，十天里约有一天误差超过 2%。',
              '预测可能有 2% 上下的偏差，个别日子更大。',
            ],
          },
        ],
        padding: [
          '以上数据均为整点平均值，按当地时间统计。',
          '中午数值天气预报更新后将滚动修正。',
          '今年以来的负荷极值见往期档案。',
        ],
      },
    };
  },
};
