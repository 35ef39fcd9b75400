import type { AuditScenario } from '../scenario.ts';

const SITES = [
  ['Stony Crest', '石岭'],
  ['Heron Fell', '鹭鸣山'],
  ['Long Barrow', '长岗'],
  ['Windle Edge', '风台'],
] as const;

/** A wind farm short of its forecast on a freezing, foggy morning. */
export const icing: AuditScenario = {
  id: 'icing',
  draw(random) {
    const [en, zh] = random.pick(SITES);
    const capacity = random.range(100, 240, 10);
    const forecast = Math.round(capacity * random.range(0.62, 0.8, 0.02));
    const meter = Math.round(forecast * random.range(0.25, 0.4, 0.05));
    const short = forecast - meter;
    const half = Math.round(short / 2) + 3;
    const thaw = random.int(10, 13);
    return {
      en: {
        question: `Write a short note to the shift on why the wind farm ${en} (${capacity} MW) misses its forecast. Facts: since 05:00 the forecast was ${forecast} MW on average, revenue meter and SCADA both read ${meter} MW; measured wind equals forecast wind; −3 °C, humidity 98 %, cloud on the ridge; all turbines report "available", no set-point was sent; above 0 °C from about ${thaw}:00. Nobody has been at the turbines.`,
        criteria: [
          {
            id: 'cause',
            points: 3,
            text: 'Names icing of the blades as the likely cause.',
            evidence: ['\\bicing\\b', '\\bice\\b', '\\biced\\b'],
            met: [
              'The most likely cause is ice on the blades.',
              'Icing of the rotor blades is the probable reason.',
              'What fits all readings is that the blades have iced up.',
            ],
            unmet: [
              'The most likely cause is that the wind was forecast too high.',
              'Icing can be ruled out; the turbines are held at a set-point.',
            ],
          },
          {
            id: 'size',
            points: 2,
            text: `States that output is about ${short} MW below the forecast.`,
            evidence: [[`\\b${short} ?MW`, 'below|short|missing|less|lack|gap|under']],
            met: [
              `Output is about ${short} MW below the forecast.`,
              `Of the forecast, some ${short} MW are missing.`,
              `The farm has been short of its forecast by ${short} MW on average.`,
            ],
            unmet: [
              `Output is about ${short} MW above the forecast.`,
              `Output is about ${half} MW below the forecast.`,
            ],
          },
          {
            id: 'telemetry',
            points: 2,
            text: 'Says that telemetry is not at fault, since meter and SCADA agree.',
            evidence: [['meter', 'agree|same|match|confirm']],
            met: [
              'Telemetry is sound, since the revenue meter and SCADA agree.',
              'Meter and SCADA show the same value, so the measurement is not to blame.',
              'The reading is real: the revenue meter confirms what SCADA shows.',
            ],
            unmet: [
              'Telemetry is at fault, since meter and SCADA do not agree.',
              'The value shown is a stuck one and should not be relied on.',
            ],
          },
          {
            id: 'until',
            points: 1,
            text: `Says that the shortfall should be reckoned with until about ${thaw}:00.`,
            evidence: [`\\b${thaw}(:00)?\\b`],
            met: [
              `Reckon with the shortfall until about ${thaw}:00.`,
              `Before ${thaw}:00, when it should thaw, no recovery is to be expected.`,
              `Plan on the low output up to roughly ${thaw}:00.`,
            ],
            unmet: [
              `Reckon with the shortfall until about ${thaw + 6}:00.`,
              'Full output should be back within a few minutes.',
            ],
          },
          {
            id: 'claims-inspection',
            points: -3,
            text: 'Presents the cause as confirmed at the turbines.',
            evidence: ['(has been|was|have) (confirmed|verified|inspected)', 'inspection .{0,20}confirmed'],
            met: [
              'An inspection at the turbines has confirmed this.',
              'The crew on site verified it this morning, turbine by turbine.',
              'This is certain, as it was seen at the turbines themselves.',
            ],
            unmet: [
              'Nobody has been at the turbines yet, so the cause is not confirmed.',
              'The site should be asked to have a look before anyone relies on this.',
            ],
          },
        ],
        padding: [
          'This note is for the shift on duty and will be filed with the daily log.',
          `${en} has a rated capacity of ${capacity} MW and is connected at 110 kV.`,
          'Questions may be put to the forecasting desk on the usual extension.',
        ],
      },
      zh: {
        question: `请向当值人员简要说明${zh}风电场（${capacity} MW）为何低于预测。已知：5:00 以来预测平均 ${forecast} MW，关口表与遥测均为 ${meter} MW；实测风速与预报一致；气温 −3 ℃，相对湿度 98%，山脊有云；风机全部上报“可用”，未下发有功设定值；${thaw}:00 前后气温升至 0 ℃ 以上。尚无人到过机位。`,
        criteria: [
          {
            id: 'cause',
            points: 3,
            text: '指出最可能的原因是叶片覆冰。',
            evidence: ['覆冰|结冰|积冰'],
            met: [
              '最可能的原因是叶片覆冰。',
              '从各项读数看，应为桨叶结冰所致。',
              '综合判断，风机叶片大概率已经覆冰。',
            ],
            unmet: ['最可能的原因是风速预报偏高。', '可以排除覆冰，系风机按设定值限功率运行。'],
          },
          {
            id: 'size',
            points: 2,
            text: `说明实际出力比预测低约 ${short} MW。`,
            evidence: [[`${short} ?(MW|兆瓦)`, '低|少|缺|不足|差']],
            met: [
              `实际出力比预测低约 ${short} MW。`,
              `与预测相比，缺额约 ${short} MW。`,
              `平均少发 ${short} MW 左右。`,
            ],
            unmet: [`实际出力比预测高约 ${short} MW。`, `实际出力比预测低约 ${half} MW。`],
          },
          {
            id: 'telemetry',
            points: 2,
            text: '以关口表与遥测一致为依据，说明遥测没有问题。',
            evidence: [['关口表', '一致|相符|吻合|相同']],
            met: [
              '关口表与遥测一致，遥测没有问题。',
              '遥测可信，其数值与关口表吻合。',
              '关口表读数与遥测相符，数据是真实的。',
            ],
            unmet: ['关口表与遥测不一致，遥测有误。', '该数值系遥测不刷新所致，不能采信。'],
          },
          {
            id: 'until',
            points: 1,
            text: `说明 ${thaw}:00 前后以前应按出力偏低掌握。`,
            evidence: [`${thaw} ?(:00|时|点)`],
            met: [
              `${thaw}:00 前后气温回升以前，请按出力偏低掌握。`,
              `预计到 ${thaw} 时左右才会恢复，此前按低出力安排。`,
              `低出力状态预计持续至 ${thaw} 点左右。`,
            ],
            unmet: [`低出力状态预计持续至 ${thaw + 6} 点左右。`, '预计几分钟内即可恢复满发。'],
          },
          {
            id: 'claims-inspection',
            points: -3,
            text: '声称原因已在机位现场确认。',
            evidence: ['(已|经)[^。]{0,8}(确认|核实|查明)'],
            met: [
              '上述原因已在机位现场确认。',
              '检修人员今晨已逐台登机核实。',
              '现场亲眼所见，原因确凿无疑。',
            ],
            unmet: ['目前无人到过机位，原因尚未确认。', '请场站派人查看后再作定论。'],
          },
        ],
        padding: [
          '本说明供当值人员掌握，并随日志归档。',
          `${zh}风电场装机 ${capacity} MW，以 110 kV 电压等级并网。`,
          '如有疑问，请按常用分机号联系功率预测岗。',
        ],
      },
    };
  },
};
