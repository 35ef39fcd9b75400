import type { Lang } from '../../../core/lang.ts';
import { balances } from '../../../engineering/faults/telemetry/bad-meters.ts';
import { decimals } from '../../wording.ts';
import { diagnose } from './diagnose.ts';
import type { BadTelemetryFacts } from './facts.ts';
import type { BadTelemetryAnswer } from './family.ts';
import { KIND_WORDS } from './verdict.ts';

/** Balances that fail, the meters that they have in common, and every bad meter beside what it should read. */
export function badTelemetryWork(facts: BadTelemetryFacts, answer: BadTelemetryAnswer, lang: Lang): string {
  const zh = lang === 'zh';
  const mw = (value: number) => value.toFixed(1).replace(/^-(0\.0)$/, '$1');
  const all = balances(facts.lines, facts.meters);
  const failed = all.filter(({ meters, worst_mw }) => worst_mw > facts.accuracy_mw * meters.length + 1e-9);
  const lines = failed
    .filter(({ meters }) => meters.length === 2)
    .map(({ meters, worst_mw }) => `- ${meters.join(' + ')}${zh ? '：' : ': '}${mw(worst_mw)} MW`);
  const clean = new Set(all.filter((balance) => !failed.includes(balance)).flatMap(({ meters }) => meters));
  const rows = (diagnose(facts)?.faults ?? []).map(({ meter, kind, expected }) => {
    const shown = meter.readings.map((reading, t) =>
      zh ? `${mw(reading)}（${mw(expected[t] ?? 0)}）` : `${mw(reading)} (${mw(expected[t] ?? 0)})`,
    );
    return `| ${meter.id} | ${KIND_WORDS[kind][lang]} | ${shown.join(zh ? '，' : ', ')} |`;
  });
  const table = `| ${zh ? '量测' : 'meter'} | ${zh ? '类型' : 'kind'} | ${zh ? '读数（估计值），MW' : 'readings (what the others say), MW'} |\n|---|---|---|\n${rows.join('\n')}`;
  const { line, station } = facts.asked;
  const list = lines.join('\n') || (zh ? '- 无' : '- none');
  return zh
    ? `1. 同一线路两端之和应为 0（误差不超过 ${mw(2 * facts.accuracy_mw)} MW），越限的有（各断面最大值）：\n\n${list}\n\n2. 厂站注入应等于各出线之和，线路可取任一端。共校核 ${all.length} 个平衡式，其中 ${failed.length} 个不平衡；至少有一个平衡式成立的量测为 ${[...clean].sort().join('、')}。使所有不平衡都能得到解释、且数量最少的量测集合只有一个：\n\n${table}\n\n3. 用其余量测按最小二乘估计，${station} 侧流入线路 ${line} 的功率为 ${decimals(answer.value, 2)} MW。`
    : `1. The two ends of a line add up to 0, to within ${mw(2 * facts.accuracy_mw)} MW; those that do not (largest sum of all snapshots):\n\n${list}\n\n2. The injection of a station is the sum over its lines, each read at either end. Of ${all.length} balances ${failed.length} fail; meters with at least one that holds: ${[...clean].sort().join(', ')}. One smallest set of meters explains all that fails:\n\n${table}\n\n3. Least squares over the other meters: ${decimals(answer.value, 2)} MW flow from ${station} into line ${line}.`;
}
