import type { SignalName } from '../../../engineering/faults/records/signals.ts';
import type { EventRecordFacts, EventRow } from '../event-record/facts.ts';
import { clearedMs, firstTrip, lastOpening, msOf, rowsOf, type Story, storyOf } from './facts.ts';
import {
  breakerNames,
  CLEARED,
  KINDS,
  type Names,
  PROTECTIONS,
  type Protection,
  refusing,
  shields,
} from './vocabulary.ts';

/** What is true of the record, in the shape that the `claims` check reads. Plain JSON. */
export interface ReportFacts {
  elements: { id: string; names: Names }[];
  kinds: { id: string; names: Names }[];
  events: ReportEvent[];
  quantities: { id: string; names: Names; value: number; unit: string; abs: number }[];
  required: (
    | { fact: 'event'; id: string; part: 'named' | 'time'; weight: number; safety: boolean }
    | {
        fact: 'quantity';
        id: string;
        weight: number;
      }
  )[];
  [key: string]: unknown;
}

interface ReportEvent {
  id: string;
  element?: string;
  kind?: string;
  names?: Names;
  happened: boolean;
  time_ms?: number;
  abs_ms?: number;
}

export function claimFacts(facts: EventRecordFacts): ReportFacts {
  const story = storyOf(facts);
  const breakers = story.grid.breakers.map(({ id }) => id);
  const sections = story.grid.zones.map(({ id }) => id);
  const cleared = clearedMs(facts);
  return {
    elements: [
      ...breakers.map((id) => ({ id, names: breakerNames(id) })),
      { id: 'no-event', names: shields(sections, breakers) },
    ],
    kinds: [...KINDS],
    events: [
      ...breakers.flatMap((id) => switching(facts, story, id)),
      ...sections.map((id) => faultOn(story, id)),
      ...PROTECTIONS.flatMap((protection) =>
        (protection.of === 'breaker' ? breakers : sections).map((id) => acting(facts, story, protection, id)),
      ),
    ],
    quantities:
      cleared === undefined ? [] : [{ id: 'cleared', names: CLEARED, value: cleared, unit: 'ms', abs: 25 }],
    required: requiredOf(facts, story),
  };
}

/** What a breaker did: every row of its opening and reclosing; once, untimed, where it did so without a row or did not. */
function switching(facts: EventRecordFacts, { expected }: Story, id: string): ReportEvent[] {
  const of = (kind: string, signal: SignalName, also: readonly SignalName[]): ReportEvent[] => {
    const happened = expected.some((one) => one.device === id && one.signal === signal);
    const rows = happened ? rowsOf(facts, id, [signal, ...also]) : [];
    if (rows.length === 0)
      return [
        {
          id: `${kind}:${id}`,
          element: id,
          kind,
          happened,
          ...(kind === 'open' ? { names: refusing(id) } : {}),
        },
      ];
    return rows.map((row) => ({
      id: `${kind}:${id}:${row.no}`,
      element: id,
      kind,
      happened,
      time_ms: msOf(row),
      abs_ms: 1,
    }));
  };
  return [
    ...of('open', 'breaker-open', ['pole-a-open', 'pole-b-open', 'pole-c-open']),
    ...of('close', 'breaker-closed', ['reclose-command']),
  ];
}

const LASTING = ['', '永久性'];

function faultOn({ fault }: Story, id: string): ReportEvent {
  const kinds = { en: ['', 'bus ', 'line ', 'transformer ', 'section '], zh: ['母线', '线路', '主变', ''] };
  return {
    id: `fault:${id}`,
    happened: fault.zone === id,
    names: {
      en: kinds.en.flatMap((kind) => [
        ...['on', 'at', 'in', 'of'].map((word) => `fault ${word} ${kind}${id}`),
        `faulted ${kind || 'section '}${kind ? '' : 'is '}${id}`,
        `faulted ${kind}${id}`,
      ]),
      zh: kinds.zh.flatMap((kind) => [
        ...['', ' '].flatMap((gap) =>
          ['', '发生'].flatMap((verb) => LASTING.map((how) => `${id}${gap}${kind}${verb}${how}故障`)),
        ),
        `故障元件为${kind}${id}`,
        `故障元件为 ${kind}${id}`,
        `故障元件为${id}`,
        `故障元件为 ${id}`,
        `故障点在${kind}${id}`,
        `故障点位于${kind}${id}`,
        `故障点在${id}`,
        `故障点位于${id}`,
      ]),
    },
  };
}

/** Whether a protection acted, and when: the middle of all its rows, as wide as they lie. */
function acting(
  facts: EventRecordFacts,
  { expected }: Story,
  { id, signals, en, zh, of: device }: Protection,
  of: string,
): ReportEvent {
  const happened = expected.some(({ device, signal }) => device === of && signals.includes(signal));
  const times = happened ? rowsOf(facts, of, signals).map(msOf) : [];
  const [low, high] = [Math.min(...times), Math.max(...times)];
  return {
    id: `${id}:${of}`,
    happened,
    ...(device === 'breaker' ? { element: of, kind: id } : {}),
    names: {
      en: en.flatMap((name) =>
        ['of', 'on', 'for', 'at']
          .map((word) => `${name} ${word} ${of}`)
          .concat(`${of} ${name}`, `${of}'s ${name}`),
      ),
      zh: (device === 'breaker' ? ['', '断路器', '断路器 ', '开关'] : ['']).flatMap((before) =>
        zh.flatMap((name) => ['', ' ', '的', ' 的'].map((between) => `${before}${of}${between}${name}`)),
      ),
    },
    ...(times.length > 0 ? { time_ms: (low + high) / 2, abs_ms: (high - low) / 2 + 1 } : {}),
  };
}

/** What a shift engineer must be told: fault, failed device, first trip, its consequence, clearance, and the alarm that is untrue. */
function requiredOf(facts: EventRecordFacts, { fault, untrue }: Story): ReportFacts['required'] {
  const event = (id: string, part: 'named' | 'time', weight = 1, safety = false) =>
    ({ fact: 'event', id, part, weight, safety }) as const;
  const acted = (protection: string, device: string, signals: readonly SignalName[]) =>
    rowsOf(facts, device, signals).length > 0 ? [event(`${protection}:${device}`, 'time')] : [];
  const [failed] = fault.failed_breakers;
  const last = lastOpening(facts);
  const first = firstTrip(facts);
  return [
    event(`fault:${fault.zone}`, 'named', 2, true),
    ...(failed
      ? [event(`open:${failed}`, 'named', 2, true), ...acted('failure', failed, ['breaker-failure-trip'])]
      : []),
    ...(fault.failed_main ? [event(`main:${fault.zone}`, 'named', 2, true)] : []),
    ...(first ? [event(eventOf(first), 'time')] : []),
    ...(last
      ? [
          event(`open:${last.device}:${last.no}`, 'time'),
          { fact: 'quantity', id: 'cleared', weight: 1 } as const,
        ]
      : []),
    ...untrue.slice(0, 1).map((row) => event(eventOf(row), 'named')),
  ];
}

/** The event that a row reports. */
export function eventOf({ signal, device }: EventRow): string {
  const protection = PROTECTIONS.find(({ signals }) => signals.includes(signal));
  return `${protection?.id ?? 'open'}:${device}`;
}
