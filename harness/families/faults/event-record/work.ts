import type { Lang } from '../../../core/lang.ts';
import {
  evidenceIn,
  operationsOf,
  readRecord,
  signalKey,
  signalsAfter,
} from '../../../engineering/faults/records/explain.ts';
import type { FaultScenario } from '../../../engineering/faults/records/operations.ts';
import { type EventRecordFacts, gridOf } from './facts.ts';
import { type EventRecordAnswer, startedAt } from './family.ts';
import { keyText } from './words.ts';

/** Recorders start 3 to 12 ms after the fault. */
const RECORDERS_APART_MS = 9;

/** What the faults must leave, in the order in which it happens, and where the record has it. */
export function eventRecordWork(facts: EventRecordFacts, answer: EventRecordAnswer, lang: Lang): string {
  const grid = gridOf(facts);
  const zh = lang === 'zh';
  const [reading] = readRecord(grid, evidenceIn(facts.rows), facts.most);
  const faults = reading?.faults ?? [];
  const expected = signalsAfter(
    grid,
    operationsOf(grid, faults, () => 0.5),
  );
  const lines = [...new Set(expected.map(signalKey))].map((key) => {
    const rows = facts.rows.filter((row) => signalKey(row) === key).map(({ no }) => no);
    const found =
      rows.length > 0 ? (zh ? `第 ${rows.join('、')} 行` : `row ${rows.join(', ')}`) : zh ? '缺' : 'missing';
    return `| ${keyText(key, lang)} | ${found} |`;
  });
  const told = faults.map((fault) => story(fault, zh)).join(zh ? '；' : '; ');
  const list = (items: readonly string[]) => items.join(zh ? '、' : ', ') || (zh ? '无' : 'none');
  const table = `| ${zh ? '应有信号' : 'expected'} | ${zh ? '记录' : 'record'} |\n|---|---|\n${lines.join('\n')}`;
  const { ahead, than } = facts.clocks;
  const started = facts.rows
    .filter(({ signal }) => signal === 'recorder-start')
    .map(({ station }) => startedAt(facts, station));
  // Where the stations share a clock nobody asks, and the few ms between recorders say nothing.
  const clocks =
    spreadOf(started) <= RECORDERS_APART_MS
      ? ''
      : zh
        ? `\n\n5. 录波启动时刻之差：${ahead} − ${than} = ${answer.clock} ms。`
        : `\n\n5. Recorders started at ${ahead} and ${than}: the difference is ${answer.clock} ms.`;
  return zh
    ? `1. ${told}。\n\n2. 按规则应产生的信号与记录对照：\n\n${table}\n\n3. 规则无法解释的信号（误报）：${answer.untrue.length > 0 ? `第 ${list(answer.untrue)} 行` : '无'}。漏报：${list(answer.missing)}。其他假设（其他元件、其他失灵设备、两处故障）都会超出给定的漏报、误报数量。\n\n4. 最终处于分位的断路器：${list(answer.open)}。${clocks}`
    : `1. ${told}.\n\n2. What the rules make of this, beside the record:\n\n${table}\n\n3. Rows that the rules do not explain, hence untrue: ${list(answer.untrue)}. Missing: ${list(answer.missing)}. Every other hypothesis (another section, another failed device, two faults) needs more lost or untrue signals than there may be.\n\n4. Open at the end: ${list(answer.open)}.${clocks}`;
}

const spreadOf = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);

function story({ zone, permanent, failed_breakers, failed_main }: FaultScenario, zh: boolean): string {
  const [breaker] = failed_breakers;
  if (breaker)
    return zh ? `${zone} 故障，断路器 ${breaker} 拒动` : `Fault on ${zone}, breaker ${breaker} did not open`;
  if (failed_main)
    return zh ? `${zone} 故障，其主保护拒动` : `Fault on ${zone}, its main protection did not act`;
  if (permanent) return zh ? `${zone} 故障，正常切除` : `Fault on ${zone}, cleared as it should be`;
  return zh ? `${zone} 瞬时性故障，重合成功` : `Passing fault on ${zone}, reclosed with success`;
}
