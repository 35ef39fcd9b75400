import type { Family } from '../../../core/family.ts';
import { inWords, replyWith } from '../../wording.ts';
import { diagnose } from './diagnose.ts';
import {
  type BadTelemetryFacts,
  type BadTelemetryParams,
  badTelemetryParams,
  drawBadTelemetry,
} from './facts.ts';
import { badTelemetryMistakes } from './mistakes.ts';
import { judgeFaults, KIND_WORDS, type NamedFault } from './verdict.ts';
import { badTelemetryWork } from './work.ts';

export type BadTelemetryAnswer = {
  faults: NamedFault[];
  /** MW. */
  value: number;
};

/** Power meters of a small network over several snapshots: which are stuck, drifting, swapped or late, found by balance. */
export const badTelemetryFamily: Family<BadTelemetryParams, BadTelemetryFacts, BadTelemetryAnswer> = {
  name: 'bad-telemetry',
  version: 2,
  params: badTelemetryParams,
  targets: {
    faults: { type: 'json' },
    value: { type: 'number', unit: 'MW' },
  },
  draw: drawBadTelemetry,
  unordered: ['meters', 'lines'],
  solve: solveBadTelemetry,
  vars: (facts) => ({ ...facts, asked: { ...facts.asked, time: facts.times[facts.asked.at] } }),
  reply: (_facts, answer, lang) =>
    replyWith(
      inWords(lang, {
        en: 'Both ends of every line and the balance of every station were checked at each snapshot; without these meters nothing contradicts the rest:',
        zh: '逐断面核对了各线路两端量测和各厂站功率平衡，剔除下列量测后，其余量测相互吻合：',
      }),
      worded(answer, lang),
    ),
  mistakes: badTelemetryMistakes,
  verify: { faults: ({ most }, { faults }, proposal) => judgeFaults(faults, most, proposal) },
  work: badTelemetryWork,
};

/** The answer with the kinds in a language's words. */
export const worded = ({ faults, ...rest }: BadTelemetryAnswer, lang: 'en' | 'zh') => ({
  faults: faults.map((fault) => ({
    ...fault,
    kind: KIND_WORDS[fault.kind as keyof typeof KIND_WORDS]?.[lang] ?? fault.kind,
  })),
  ...rest,
});

export function solveBadTelemetry(facts: BadTelemetryFacts): BadTelemetryAnswer {
  const found = diagnose(facts);
  if (!found) throw new Error('the readings have more than one explanation');
  const { line, station, at } = facts.asked;
  const index = facts.lines.findIndex(({ id }) => id === line);
  const sign = facts.lines[index]?.from === station ? 1 : -1;
  return {
    faults: found.faults.map(({ meter, kind, since }) => ({
      meter: meter.id,
      kind,
      ...(kind === 'stuck' || kind === 'drift' ? { since: facts.times[since] as string } : {}),
    })),
    value: Number((sign * (found.flows[index]?.[at] ?? 0)).toFixed(2)),
  };
}
