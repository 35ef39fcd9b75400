import type { AuditScenario } from '../scenario.ts';

/** A generating unit is lost; the log entry on what frequency did. */
export const frequency: AuditScenario = {
  id: 'frequency',
  draw(random) {
    const unit = random.int(1, 6);
    const lost = random.range(420, 960, 20);
    const nadir = (50 - random.range(0.24, 0.48, 0.02)).toFixed(2);
    const shallow = (Number(nadir) + 0.15).toFixed(2);
    const minutes = random.int(6, 14);
    const reserve = Math.round((lost * 0.7) / 10) * 10 + 5;
    return {
      en: {
        question: `Write the log entry. Facts: unit ${unit} of the plant tripped at ${lost} MW; frequency fell from 50.00 Hz to ${nadir} Hz and was back at 50.00 Hz after ${minutes} min; under-frequency load shedding is set to begin at 49.00 Hz and did not operate; ${reserve} MW of reserve were used and are to be restored.`,
        criteria: [
          {
            id: 'event',
            points: 2,
            text: `States that unit ${unit} tripped, with ${lost} MW lost.`,
            evidence: [[`unit ${unit}\\b`, `\\b${lost} ?MW`]],
            met: [
              `Unit ${unit} tripped; ${lost} MW were lost.`,
              `A generation of ${lost} MW was lost as unit ${unit} went off.`,
              `Unit ${unit} was disconnected by its protection while it produced ${lost} MW.`,
            ],
            unmet: [
              `Unit ${unit === 6 ? 1 : unit + 1} tripped; ${lost + 150} MW were lost.`,
              `Unit ${unit} did not trip: it ran back from ${lost} MW by hand, as planned.`,
            ],
          },
          {
            id: 'nadir',
            points: 2,
            text: `States that frequency fell to ${nadir} Hz.`,
            evidence: [`${nadir.replace('.', '\\.')} ?Hz`],
            met: [
              `Frequency fell to ${nadir} Hz.`,
              `The lowest value of frequency was ${nadir} Hz.`,
              `At its lowest, frequency stood at ${nadir} Hz.`,
            ],
            unmet: [
              `Frequency fell to ${shallow} Hz.`,
              `Frequency rose by a few tenths of a hertz, far from ${nadir} Hz.`,
            ],
          },
          {
            id: 'recovery',
            points: 1,
            text: `States that frequency was back at 50 Hz after ${minutes} minutes.`,
            evidence: [`\\b${minutes} ?min`],
            met: [
              `Frequency was back at 50 Hz after ${minutes} min.`,
              `It took ${minutes} minutes to bring frequency back to 50 Hz.`,
              `Within ${minutes} min frequency had recovered to its nominal value.`,
            ],
            unmet: [
              `Frequency was back at 50 Hz after ${minutes + 25} min.`,
              'Frequency has not come back to 50 Hz yet.',
            ],
          },
          {
            id: 'reserve',
            points: 2,
            text: `Says that ${reserve} MW of reserve must be restored.`,
            evidence: [[`\\b${reserve} ?MW`, 'reserve']],
            met: [
              `${reserve} MW of reserve must be restored.`,
              `Reserve of ${reserve} MW is spent and has to be built up again.`,
              `To be done next: put back the ${reserve} MW taken from reserve.`,
            ],
            unmet: [
              `${reserve - 200} MW of reserve must be restored.`,
              'No reserve was used, so none need be restored.',
            ],
          },
          {
            id: 'shedding',
            points: -3,
            text: 'States that customers were disconnected.',
            evidence: ['(load shedding|customers)[^.]{0,40}(operated|disconnected|shed|lost)'],
            met: [
              'Load shedding operated and customers were disconnected.',
              'Some customers lost supply for a short time.',
              'To hold frequency, several feeders were switched off.',
            ],
            unmet: [
              'Load shedding did not operate, and no customers were disconnected.',
              'Supply to customers was not interrupted at any time.',
            ],
          },
        ],
        padding: [
          'The entry is made by the shift on duty and is open to correction by the morning meeting.',
          'Frequency is recorded by two meters with a resolution of 1 mHz.',
          'The neighbouring control areas were told by telephone.',
        ],
      },
      zh: {
        question: `请撰写运行日志。已知：${unit} 号机组带 ${lost} MW 跳闸；频率由 50.00 Hz 降至 ${nadir} Hz，${minutes} min 后恢复至 50.00 Hz；低频减载首轮定值 49.00 Hz，未动作；动用旋转备用 ${reserve} MW，需恢复。`,
        criteria: [
          {
            id: 'event',
            points: 2,
            text: `说明 ${unit} 号机组跳闸，损失出力 ${lost} MW。`,
            evidence: [[`${unit} ?号机`, `${lost} ?(MW|兆瓦)`]],
            met: [
              `${unit} 号机组跳闸，损失出力 ${lost} MW。`,
              `${unit} 号机带 ${lost} MW 掉闸。`,
              `因 ${unit} 号机组保护动作解列，系统失去 ${lost} MW 电源。`,
            ],
            unmet: [
              `${unit === 6 ? 1 : unit + 1} 号机组跳闸，损失出力 ${lost + 150} MW。`,
              `${unit} 号机组没有跳闸，系按计划由 ${lost} MW 手动减负荷。`,
            ],
          },
          {
            id: 'nadir',
            points: 2,
            text: `说明频率最低降至 ${nadir} Hz。`,
            evidence: [`${nadir.replace('.', '\\.')} ?(Hz|赫兹)`],
            met: [`频率最低降至 ${nadir} Hz。`, `系统频率跌至 ${nadir} Hz。`, `频率最低点为 ${nadir} Hz。`],
            unmet: [`频率最低降至 ${shallow} Hz。`, `频率不降反升，远未到 ${nadir} Hz。`],
          },
          {
            id: 'recovery',
            points: 1,
            text: `说明频率经 ${minutes} 分钟恢复至 50 Hz。`,
            evidence: [`${minutes} ?(min|分钟)`],
            met: [
              `频率经 ${minutes} min 恢复至 50 Hz。`,
              `${minutes} 分钟后频率恢复正常。`,
              `频率恢复到额定值用时 ${minutes} 分钟。`,
            ],
            unmet: [`频率经 ${minutes + 25} min 恢复至 50 Hz。`, '频率至今未恢复至 50 Hz。'],
          },
          {
            id: 'reserve',
            points: 2,
            text: `说明需恢复旋转备用 ${reserve} MW。`,
            evidence: [[`${reserve} ?(MW|兆瓦)`, '备用']],
            met: [
              `需恢复旋转备用 ${reserve} MW。`,
              `已动用备用 ${reserve} MW，应尽快补足。`,
              `下一步应将消耗的 ${reserve} MW 备用补回。`,
            ],
            unmet: [`需恢复旋转备用 ${reserve - 200} MW。`, '本次未动用备用，无需恢复。'],
          },
          {
            id: 'shedding',
            points: -3,
            text: '声称有用户被切除或停电。',
            evidence: ['减载[^。]{0,6}动作', '(切除|损失|停电)[^。]{0,8}(负荷|用户)'],
            met: ['低频减载动作，切除部分用户。', '期间部分用户短时停电。', '为稳住频率，拉停了数条馈线。'],
            unmet: ['低频减载没有动作，未损失负荷。', '期间用户供电始终未受影响。'],
          },
        ],
        padding: [
          '本记录由当值人员填写，以交接班会核定为准。',
          '频率由两套装置记录，分辨率为 1 mHz。',
          '有关情况已电话通报相邻调度机构。',
        ],
      },
    };
  },
};
