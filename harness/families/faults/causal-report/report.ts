import type { Lang } from '../../../core/lang.ts';
import type { EventRecordFacts, EventRow } from '../event-record/facts.ts';
import { keyText, kindText } from '../event-record/words.ts';
import { clearedMs, firstTrip, lastOpening, rowsOf, storyOf } from './facts.ts';

/** The report as a careful engineer writes it, in parts, so that a mistake can spoil one of them. */
export interface Report {
  fault: string;
  course: string;
  failed: string;
  clearance: string;
  signals: string;
  action: string;
}

export const wordedReport = ({ fault, course, failed, clearance, signals, action }: Report): string =>
  [fault, course, failed, clearance, signals, action].filter(Boolean).join('\n\n');

export function reportOf(facts: EventRecordFacts, lang: Lang): Report {
  const { fault, grid, missing, untrue, expected } = storyOf(facts);
  const zone = grid.zones.find(({ id }) => id === fault.zone);
  const kind = kindText(zone?.kind ?? 'line', lang);
  const [failed] = fault.failed_breakers;
  const zh = lang === 'zh';
  const own = zone?.kind === 'transformer';
  const dead = [
    ...new Set(expected.filter(({ signal }) => signal === 'voltage-lost').map(({ device }) => device)),
  ];
  const buses = dead.filter((id) => id !== fault.zone);
  return {
    fault: zh
      ? `${fault.zone}${kind}故障，为永久性故障。`
      : `There was a lasting fault on ${kind} ${fault.zone}.`,
    course: courseOf(facts, zh),
    failed: failed
      ? zh
        ? `断路器${failed}未跳开。${timed(rowsOf(facts, failed, ['breaker-failure-trip'])[0], `断路器${failed}失灵保护`, zh)}`
        : `Breaker ${failed} did not open. ${timed(rowsOf(facts, failed, ['breaker-failure-trip'])[0], `The breaker failure protection of ${failed}`, zh)}`
      : fault.failed_main
        ? zh
          ? `${fault.zone}主保护未动作，故障由${own ? '其自身' : '相邻元件'}的后备保护切除。`
          : `The main protection of ${fault.zone} did not operate. ${own ? 'Its own back-up' : 'The protection of the neighbours'} had to clear the fault.`
        : '',
    clearance: clearanceOf(facts, zh),
    signals: zh
      ? `${untrue.map((row) => untrueText(row, zh)).join('')}漏报信号：${[...missing].map((key) => keyText(key, lang)).join('、') || '无'}。其余关键信号均可由上述经过解释，这些结论由记录推断，需现场核实。`
      : `${untrue.map((row) => untrueText(row, zh)).join(' ')} Missing from the record: ${[...missing].map((key) => keyText(key, lang)).join('; ') || 'nothing'}. All other evidence follows from the course above. This is inferred from the record and is to be confirmed on site.`,
    action: actionOf(fault.zone, failed, fault.failed_main, buses, zh),
  };
}

const timed = (row: EventRow | undefined, what: string, zh: boolean): string =>
  row ? (zh ? `${what}于 ${row.time} 动作。` : `${what} operated at ${row.time}.`) : '';

/** The protection that acted first, and each breaker's first opening. */
function courseOf(facts: EventRecordFacts, zh: boolean): string {
  const { expected } = storyOf(facts);
  const first = firstTrip(facts);
  const words =
    first?.signal === 'zone2-trip'
      ? ['Distance zone 2', '距离Ⅱ段']
      : first?.signal === 'backup-overcurrent-trip'
        ? ['Back-up overcurrent', '后备过流']
        : ['Main protection', '主保护'];
  const tripped = first
    ? timed(first, zh ? `${first.device}${words[1]}` : `${words[0]} of ${first.device}`, zh)
    : '';
  const breakers = [
    ...new Set(expected.filter(({ signal }) => signal === 'breaker-open').map(({ device }) => device)),
  ];
  const opened = breakers
    .flatMap((id) => rowsOf(facts, id, ['breaker-open']).slice(0, 1))
    .sort((a, b) => a.no - b.no)
    .map(({ device, time }) => (zh ? `断路器${device}于 ${time} 跳开。` : `${device} opened at ${time}.`));
  return [tripped, ...opened].filter(Boolean).join(zh ? '' : ' ');
}

function clearanceOf(facts: EventRecordFacts, zh: boolean): string {
  const last = lastOpening(facts);
  const cleared = clearedMs(facts);
  if (!last || cleared === undefined) return '';
  return zh ? `故障切除时间为 ${cleared} ms。` : `The clearing time was ${cleared} ms.`;
}

function untrueText({ no, device, signal }: EventRow, zh: boolean): string {
  const what = {
    'breaker-open': [`Breaker ${device} did not open`, `断路器${device}并未分闸`],
    'main1-trip': [`The main protection of ${device} did not operate`, `${device}主保护并未动作`],
    'breaker-failure-trip': [
      `The breaker failure protection of ${device} did not operate`,
      `断路器${device}失灵保护并未动作`,
    ],
    'zone2-trip': [`Distance zone 2 of ${device} did not operate`, `${device}距离Ⅱ段并未动作`],
  } as const;
  const [en, chinese] = what[signal as keyof typeof what];
  return zh ? `${chinese}，第 ${no} 行为误报。` : `${en}: row ${no} is untrue.`;
}

function actionOf(
  zone: string,
  failed: string | undefined,
  dead: boolean,
  buses: readonly string[],
  zh: boolean,
): string {
  const check = failed
    ? zh
      ? `检查断路器 ${failed} 的操作机构和跳闸回路`
      : `Inspect the drive and trip circuit of breaker ${failed}`
    : dead
      ? zh
        ? `检查 ${zone} 的保护装置及跳闸回路`
        : `Test the protection of ${zone} and its trip circuit`
      : zh
        ? '检查保护动作报告'
        : 'Check the protection reports';
  const back = zh
    ? buses.length > 0
      ? `确认故障点已隔离后，恢复 ${buses.join('、')} 供电`
      : '故障点隔离后，恢复其余跳闸设备运行'
    : buses.length > 0
      ? `Once the fault is isolated, restore supply to ${buses.join(', ')}`
      : 'Once the fault is isolated, restore the sound equipment';
  return zh
    ? `处理意见：${zone} 保持隔离，查明并消除故障前不得送电。${failed ? `先拉开断路器 ${failed} 两侧隔离开关。` : ''}${check}。核查误报、漏报信号的二次回路和远动通道。${back}。`
    : `Actions: keep ${zone} isolated and do not re-energise it until it has been inspected and found sound. ${failed ? `Isolate ${failed} by its disconnectors first. ` : ''}${check}. Check the signal circuits and telecontrol of the false and the missing signal. ${back}.`;
}
