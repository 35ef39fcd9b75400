import type { AuditScenario } from '../scenario.ts';

/** A line that would be overloaded by the loss of another, and what to do about it beforehand. */
export const overload: AuditScenario = {
  id: 'overload',
  draw(random) {
    const [lost, loaded] = random.sample([11, 12, 14, 17, 18, 23, 26, 29], 2) as [number, number];
    const rating = random.range(400, 640, 20);
    const excess = random.range(20, 80, 4);
    const flow = rating + excess;
    const percent = Math.round((100 * flow) / rating);
    // A shift of 1 MW takes 0.4 MW off the line.
    const shift = Math.round(excess / 0.4);
    const [sending, receiving] = random.sample(['A', 'B', 'C', 'D'], 2) as [string, string];
    return {
      en: {
        question: `Advise the shift engineer. The security analysis shows: if line ${lost} is lost, line ${loaded} carries ${flow} MW; its rating is ${rating} MW. Power station ${sending} lies at the sending end, power station ${receiving} at the receiving end, both with room in either direction. Shifting 1 MW from ${sending} to ${receiving} takes 0.4 MW off line ${loaded}.`,
        criteria: [
          {
            id: 'loading',
            points: 2,
            text: `States that line ${loaded} would be loaded to about ${percent} % of its rating.`,
            evidence: [[`line ${loaded}`, `${percent} ?(%|per ?cent)`]],
            met: [
              `Line ${loaded} would be loaded to about ${percent} % of its rating.`,
              `The loading of line ${loaded} would come to ${percent} per cent.`,
              `At ${percent} % of what it may carry, line ${loaded} would be overloaded.`,
            ],
            unmet: [
              `Line ${loaded} would be loaded to about ${percent - 16} % of its rating.`,
              `Line ${loaded} would stay within its rating.`,
            ],
          },
          {
            id: 'contingency',
            points: 2,
            text: `Names the loss of line ${lost} as the event to guard against.`,
            evidence: [[`line ${lost}\\b`, 'loss|lost|outage|trip']],
            met: [
              `The event to guard against is the loss of line ${lost}.`,
              `What matters is a trip of line ${lost}.`,
              `Should line ${lost} be lost, the trouble begins.`,
            ],
            unmet: [
              `The event to guard against is the loss of the busbar at station ${receiving}.`,
              `A trip of line ${lost} would do no harm; the trouble begins with the next load pick-up.`,
            ],
          },
          {
            id: 'direction',
            points: 3,
            text: `Proposes to lower power station ${sending} and raise power station ${receiving}.`,
            evidence: [
              [
                `(lower|reduc|decreas)\\w*[^.]{0,30}\\b${sending}\\b`,
                `(rais|increas)\\w*[^.]{0,30}\\b${receiving}\\b`,
              ],
              [`from[^.]{0,15}\\b${sending}\\b[^.]{0,15}to[^.]{0,15}\\b${receiving}\\b`],
            ],
            met: [
              `Lower power station ${sending} and raise power station ${receiving}.`,
              `Generation should move from station ${sending} to station ${receiving}.`,
              `Have ${receiving} generate more and ${sending} less by as much.`,
            ],
            unmet: [
              `Lower power station ${receiving} and raise power station ${sending}.`,
              'Leave the power stations as they are; their share in the flow is small.',
            ],
          },
          {
            id: 'amount',
            points: 2,
            text: `States that about ${shift} MW must be shifted.`,
            evidence: [`\\b${shift} ?MW`],
            met: [
              `About ${shift} MW must be shifted.`,
              `The amount needed is some ${shift} MW.`,
              `It takes ${shift} MW of redispatch to bring the flow down to the rating.`,
            ],
            unmet: [
              `About ${excess} MW must be shifted.`,
              `Shifting ${shift} MW would not be enough; twice as much is needed.`,
            ],
          },
          {
            id: 'waives',
            points: -4,
            text: 'Advises to do nothing beforehand, or to raise the limit so that the alarm goes away.',
            evidence: [
              '(nothing|no action)[^.]{0,20}(done|needed|required)',
              'rais\\w+ the (limit|rating|alarm)',
            ],
            met: [
              'As nothing has happened yet, no action is needed beforehand.',
              'The simplest way is raising the limit in the system until the alarm clears.',
              'It is best to sit and wait, and to act only once it has come to that.',
            ],
            unmet: [
              'Raising the limit in the system is no remedy.',
              'Waiting would be wrong: once it has happened there may be no time left.',
            ],
          },
        ],
        padding: [
          'The security analysis runs every five minutes and was last renewed on the quarter-hour.',
          'Please enter your decision in the log as usual.',
          `For reference, the rating of ${rating} MW is the summer value.`,
        ],
      },
      zh: {
        question: `请向值班调度员提出建议。静态安全分析显示：若 ${lost} 号线跳闸，${loaded} 号线潮流将达 ${flow} MW，其限额为 ${rating} MW。${sending} 厂位于送端，${receiving} 厂位于受端，两厂均可上下调节。由 ${sending} 厂向 ${receiving} 厂转移 1 MW 出力，可使 ${loaded} 号线潮流下降 0.4 MW。`,
        criteria: [
          {
            id: 'loading',
            points: 2,
            text: `说明 ${loaded} 号线负载率将达限额的 ${percent}% 左右。`,
            evidence: [[`${loaded} ?号线`, `${percent} ?%`]],
            met: [
              `${loaded} 号线负载率将达 ${percent}% 左右。`,
              `${loaded} 号线潮流约为限额的 ${percent}%，已越限。`,
              `届时 ${loaded} 号线将带到限额的 ${percent}%。`,
            ],
            unmet: [`${loaded} 号线负载率将达 ${percent - 16}% 左右。`, `${loaded} 号线仍在限额以内。`],
          },
          {
            id: 'contingency',
            points: 2,
            text: `指明需要防范的预想事故是 ${lost} 号线跳闸。`,
            evidence: [[`${lost} ?号线`, '跳闸|停运|断开|开断|失去']],
            met: [
              `需要防范的预想事故是 ${lost} 号线跳闸。`,
              `问题出在 ${lost} 号线一旦停运之后。`,
              `关键在于防范 ${lost} 号线开断。`,
            ],
            unmet: [
              `需要防范的预想事故是 ${receiving} 厂母线故障。`,
              `${lost} 号线跳闸没有影响，真正的问题是后续负荷增长。`,
            ],
          },
          {
            id: 'direction',
            points: 3,
            text: `建议降低 ${sending} 厂出力、增加 ${receiving} 厂出力。`,
            evidence: [
              [
                `(降|减|压)[^。，、；]{0,8}${sending} ?厂|${sending} ?厂[^。，、；]{0,4}(降|减|压)`,
                `(增|升|加)[^。，、；]{0,8}${receiving} ?厂|${receiving} ?厂[^。，、；]{0,4}(增|升|加)`,
              ],
            ],
            met: [
              `建议降低 ${sending} 厂出力，增加 ${receiving} 厂出力。`,
              `应将出力由 ${sending} 厂转移至 ${receiving} 厂。`,
              `请 ${receiving} 厂增发，${sending} 厂等量减发。`,
            ],
            unmet: [
              `建议降低 ${receiving} 厂出力，增加 ${sending} 厂出力。`,
              '两厂对该断面影响很小，出力维持不变即可。',
            ],
          },
          {
            id: 'amount',
            points: 2,
            text: `说明需要转移的出力约为 ${shift} MW。`,
            evidence: [`${shift} ?(MW|兆瓦)`],
            met: [
              `需要转移的出力约为 ${shift} MW。`,
              `调整量约 ${shift} MW，方可将潮流控制到限额。`,
              `至少要调整 ${shift} MW 左右。`,
            ],
            unmet: [`需要转移的出力约为 ${excess} MW。`, `只转移 ${shift} MW 不够，须加倍。`],
          },
          {
            id: 'waives',
            points: -4,
            text: '主张事前不采取措施，或以抬高限额的办法消除告警。',
            evidence: [
              '(无需|不必|不用)[^。]{0,6}(处理|采取措施|调整)',
              '(抬高|调高|放宽|提高)[^。]{0,4}限额',
            ],
            met: [
              '事故尚未发生，事前无需采取措施。',
              '最简便的办法是在系统里调高限额，直至告警消失。',
              '先观察，等真的发生了再处理也来得及。',
            ],
            unmet: ['在系统里调高限额解决不了问题。', '不能等：一旦发生，可能来不及处理。'],
          },
        ],
        padding: [
          '静态安全分析每 5 分钟滚动一次，最近一次结果取自整刻。',
          '请按规定将处理情况记入调度日志。',
          `需要说明的是，${rating} MW 为夏季限额。`,
        ],
      },
    };
  },
};
