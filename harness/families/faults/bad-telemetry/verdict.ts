import type { Verdict } from '../../../core/checker.ts';
import type { Lang } from '../../../core/lang.ts';
import { METER_FAULTS, type MeterFaultKind } from '../../../engineering/faults/telemetry/meter-faults.ts';

/** A bad meter as a reply names it; `since` only where the kind has a beginning. */
export interface NamedFault {
  meter: string;
  kind: string;
  since?: string;
}

export const KIND_WORDS: Readonly<Record<MeterFaultKind, Readonly<Record<Lang, string>>>> = {
  stuck: { en: 'stuck', zh: '死数' },
  drift: { en: 'drift', zh: '漂移' },
  swapped: { en: 'swapped', zh: '互换' },
  late: { en: 'late', zh: '滞后' },
};

/** Other words that people use for the kinds. */
const ALSO: Readonly<Record<MeterFaultKind, readonly string[]>> = {
  stuck: ['frozen', '卡死', '不刷新', '遥测死数'],
  drift: ['drifting', 'drifted', '漂移量测'],
  swapped: ['swap', 'exchanged', '接反', '错位', '通道互换'],
  late: ['time-shifted', 'delayed', '时间滞后', '延迟', '滞后一个断面'],
};

/** A meter found is worth half, its kind the other half; of a kind with a beginning, the beginning two fifths of that. */
const FOUND = 0.5;
const KIND_OF_TIMED = 0.3;
const MOST = 200;

/**
 * F1 over the bad meters, each hit worth what is right of it. A good meter called bad costs as much as a bad one missed; who
 * names more than there may be has ignored what was given.
 */
export function judgeFaults(right: readonly NamedFault[], most: number, proposal: unknown): Verdict {
  const given = namedIn(proposal);
  if (!given) return { value: 0, reason: 'not a list of meters' };
  if (given.length > MOST) return { value: 0, reason: `${given.length} meters are no answer` };
  const named = new Set(given.map(({ meter }) => meter)).size;
  if (named > most) return { value: 0, reason: `${named} meters named where at most ${most} are bad` };
  const credits = right.map((fault) =>
    creditOf(
      fault,
      given.find(({ meter }) => meter === plain(fault.meter)),
    ),
  );
  const hits = credits.reduce((sum, credit) => sum + credit, 0);
  const size = given.length + right.length;
  const names = new Set(given.map(({ meter }) => meter));
  const missed = right.filter(({ meter }) => !names.has(plain(meter))).length;
  const known = new Set(right.map(({ meter }) => plain(meter)));
  const innocent = [...names].filter((meter) => !known.has(meter)).length;
  return {
    value: size === 0 ? 1 : (2 * hits) / size,
    reason: `${right.length - missed} of ${right.length} bad meters found, ${innocent} good ones called bad`,
    details: { missed, innocent, credits },
  };
}

function creditOf(right: NamedFault, given: NamedFault | undefined): number {
  if (!given) return 0;
  if (kindOf(given.kind) !== kindOf(right.kind)) return FOUND;
  if (right.since === undefined) return 1;
  return FOUND + KIND_OF_TIMED + (timeOf(given.since) === timeOf(right.since) ? 0.2 : 0);
}

function namedIn(proposal: unknown): NamedFault[] | undefined {
  if (!Array.isArray(proposal)) return undefined;
  return proposal.slice(0, MOST + 1).map((item: unknown) => {
    const of = (key: string) =>
      typeof item === 'object' && item !== null && Object.hasOwn(item, key)
        ? (item as Record<string, unknown>)[key]
        : undefined;
    const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, 100) : '');
    return {
      meter: plain(typeof item === 'string' ? item : text(of('meter'))),
      kind: text(of('kind')),
      since: text(of('since')),
    };
  });
}

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s*`"']/g, '');

function kindOf(text: string): MeterFaultKind | undefined {
  const word = plain(text);
  return METER_FAULTS.find((kind) =>
    [kind, ...Object.values(KIND_WORDS[kind]), ...ALSO[kind]].some((known) => plain(known) === word),
  );
}

/** `9:45` is 09:45. */
const timeOf = (text: string | undefined): string =>
  plain(text ?? '')
    .replace(/^(\d):/, '0$1:')
    .replace(/^(\d\d:\d\d):00$/, '$1');
