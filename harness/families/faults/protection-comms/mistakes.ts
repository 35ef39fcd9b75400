import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { analyseGoose } from '../../../engineering/faults/equipment/goose-trace.ts';
import { replyWith } from '../../wording.ts';
import type { ProtectionCommsFacts, TraceRow } from './facts.ts';
import { ANOMALIES, answerOf, type ProtectionCommsAnswer } from './family.ts';

const PROSE: Readonly<Record<Lang, string>> = { en: 'The trace shows:', zh: '报文记录显示：' };

/** Weights of the checks: an anomaly seen at all 0.001, which is a gate; anomalies 3 (all or nothing), lost 1, dead 2, delay 2, operates 1. */
const WHOLE = 9.001;
const WEIGHT = { anomalies: 3, lost: 1, dead: 2, delay: 2, operates: 1 } as const;

export function protectionCommsMistakes(
  facts: ProtectionCommsFacts,
  right: ProtectionCommsAnswer,
  lang: Lang,
): Mistake[] {
  const { rows, conf_rev, steady_ms } = facts;
  const say = (name: string, changes: Partial<ProtectionCommsAnswer>): Mistake[] => {
    const given = { ...right, ...changes };
    const off = (Object.keys(WEIGHT) as (keyof typeof WEIGHT)[]).filter((field) =>
      differs(field, right, given),
    );
    const blind = !given.anomalies.some((anomaly) => right.anomalies.includes(anomaly));
    const score = blind ? 0 : (WHOLE - off.reduce((sum, field) => sum + WEIGHT[field], 0)) / WHOLE;
    return off.length === 0 ? [] : [{ name, reply: replyWith(PROSE[lang], given), score }];
  };
  const read = (changed: readonly TraceRow[], revision = conf_rev) =>
    answerOf(analyseGoose(changed, revision));
  const said = rows.find(({ trip }) => trip) as TraceRow;
  const before = rows[rows.indexOf(said) - 1] as TraceRow;
  const fixed = 2.5 * steady_ms;
  const gaps = rows.slice(1).map((row, i) => row.arrival_ms - (rows[i] as TraceRow).arrival_ms);
  return [
    ...say('took the stream for sound', { anomalies: [], lost: 0, dead: 0 }),
    ...say('named everything that can happen', { anomalies: [...ANOMALIES] }),
    ...say('held every gap against the steady time to live', {
      dead: sum(gaps.map((gap) => Math.max(0, gap - fixed))),
    }),
    ...say('gave whole gaps for what exceeds the time to live', {
      dead: sum(gaps.filter((gap, i) => gap > (rows[i] as TraceRow).live_ms)),
    }),
    ...say('dead time in seconds', { dead: right.dead / 1000 }),
    ...say('counted from the message before the trip', {
      delay: Number((said.arrival_ms - before.arrival_ms).toFixed(3)),
    }),
    ...say('took the first message for the one of the change', { delay: 0.6 }),
    ...say('time of day for the delay', { delay: said.arrival_ms }),
    ...say('counted repetitions of the trip as lost', {
      lost: right.lost + rows.filter(({ trip }) => trip).length,
    }),
    ...say('looked at gaps within a state only', { lost: right.lost - said.sq }),
    ...say('took the copies for messages of their own', {
      lost: Math.max(0, right.lost - (rows.length - new Set(rows.map(({ st, sq }) => `${st}/${sq}`)).size)),
    }),
    ...say('did not look at the test mark', {
      operates: read(rows.map((row) => ({ ...row, test: false }))).operates,
    }),
    ...say('did not look at the revision', { operates: read(rows, rows[0]?.conf_rev).operates }),
    ...say('refused a trip whose first message was lost', {
      operates: right.operates === 'yes' ? 'no' : right.operates,
    }),
  ];
}

const sum = (values: readonly number[]) =>
  Number(values.reduce((total, value) => total + value, 0).toFixed(3));

function differs(
  field: keyof typeof WEIGHT,
  right: ProtectionCommsAnswer,
  given: ProtectionCommsAnswer,
): boolean {
  if (field === 'operates') return right.operates !== given.operates;
  if (field === 'anomalies') return [...right.anomalies].sort().join() !== [...given.anomalies].sort().join();
  return Math.abs(right[field] - given[field]) > 0.15;
}
