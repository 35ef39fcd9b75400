import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { breakersOf, otherSide } from '../../../engineering/faults/records/substation-grid.ts';
import type { EventRecordFacts } from '../event-record/facts.ts';
import { deviceText, kindText, signalText } from '../event-record/words.ts';
import { storyOf } from './facts.ts';
import type { CausalReportAnswer } from './family.ts';
import { type Report, reportOf, wordedReport } from './report.ts';

/** Reports that go wrong in one way each. What one spoilt part costs depends on how many claims there are: hence ranges. */
export function causalReportMistakes(
  facts: EventRecordFacts,
  _answer: CausalReportAnswer,
  lang: Lang,
): Mistake[] {
  const right = reportOf(facts, lang);
  const { fault, grid, untrue } = storyOf(facts);
  const zh = lang === 'zh';
  const [first] = breakersOf(grid, fault.zone);
  const beside = first ? otherSide(first, fault.zone) : fault.zone;
  const kind = kindText(grid.zones.find(({ id }) => id === beside)?.kind ?? 'bus', lang);
  const [failed] = fault.failed_breakers;
  const say = (name: string, changes: Partial<Report>, score: readonly [number, number]): Mistake[] => {
    const reply = wordedReport({ ...right, ...changes });
    return reply === wordedReport(right) ? [] : [{ name, reply, score }];
  };
  const [alarm] = untrue;
  const believed = alarm && {
    en: `${alarm.device} opened at ${alarm.time}. The breaker failure protection of ${alarm.device} operated. The main protection of ${alarm.device} operated. Distance zone 2 of ${alarm.device} operated.`,
    zh: `断路器${alarm.device}于 ${alarm.time} 跳开。断路器${alarm.device}失灵保护动作。${alarm.device}主保护动作。${alarm.device}距离Ⅱ段动作。`,
  };
  return [
    {
      name: 'false all clear',
      reply: zh
        ? '经分析，本次无设备故障，所有告警均为误报，各设备可继续运行。'
        : 'There was no fault. All alarms are untrue and everything may stay in service.',
      score: [0, 0.1],
    },
    ...say(
      'blamed the section beside it',
      {
        fault: zh
          ? `${beside}${kind}故障，为永久性故障。`
          : `There was a lasting fault on ${kind} ${beside}.`,
      },
      [0.3, 0.9],
    ),
    ...say(
      'took the failed breaker for opened',
      { failed: failed ? (zh ? `断路器${failed}正常跳开。` : `Breaker ${failed} opened.`) : right.failed },
      [0.3, 0.92],
    ),
    // An untrue signal of the failed device would still be denied further down.
    ...(untrue.some(({ device }) => device === (failed ?? fault.zone))
      ? []
      : say('left out what failed', { failed: '' }, [0.3, 0.97])),
    ...say('told no course of events', { course: '', clearance: '' }, [0.3, 0.92]),
    ...say(
      'read every time a second late',
      { course: later(right.course), failed: later(right.failed) },
      [0.2, 0.9],
    ),
    ...say(
      'believed the untrue alarm',
      { signals: believed ? (zh ? believed.zh : believed.en) : right.signals },
      [0.2, 0.92],
    ),
    ...say(
      'wrong clearing time',
      { clearance: zh ? '故障切除时间为 5200 ms。' : 'The clearing time was 5200 ms.' },
      [0.4, 0.95],
    ),
    ...say('gave no orders', { action: '' }, [0.4, 0.95]),
    ...say(
      'switches the faulted section in again',
      {
        action: zh
          ? `处理意见：立即对 ${fault.zone} 试送电。`
          : `Actions: re-energise ${fault.zone} at once.`,
      },
      [0.3, 0.9],
    ),
    {
      name: 'copied the record',
      reply: facts.rows
        .map(
          ({ no, time, station, device, signal }) =>
            `| ${no} | ${time} | ${station} | ${deviceText(device, lang)} | ${signalText(signal, lang)} |`,
        )
        .join('\n'),
      score: [0, 0.1],
    },
  ];
}

/** Every time of day one second later. */
const later = (text: string): string =>
  text.replace(/(\d\d:\d\d:)(\d\d)(\.\d{3})/g, (_all, head: string, seconds: string, rest: string) => {
    return `${head}${String((Number(seconds) + 1) % 60).padStart(2, '0')}${rest}`;
  });
