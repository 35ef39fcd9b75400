import type { SignalName } from '../../../engineering/faults/records/signals.ts';
import type { EventRecordFacts, EventRow } from '../event-record/facts.ts';
import { clearedMs, lastOpening, msOf, rowsOf, type Story, storyOf } from './facts.ts';

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

interface Names {
  en: string[];
  zh: string[];
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
    kinds: KINDS,
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

const breakerNames = (id: string): Names => ({
  en: [id, `breaker ${id}`],
  zh: [`断路器${id}`, `开关${id}`, `断路器 ${id}`, `开关 ${id}`],
});

/** Words that hold the name of an event and report none: orders, circuits, signals, and what is to be inspected. */
function shields(sections: readonly string[], breakers: readonly string[]): Names {
  const what = {
    en: [
      ...sections.flatMap((id) => [`main protection of ${id}`, `${id} main protection`]),
      ...breakers.map((id) => `breaker failure protection of ${id}`),
    ],
    zh: [
      ...sections.flatMap((id) => [`${id}主保护`, `${id} 主保护`, `${id}的主保护`]),
      ...breakers.flatMap((id) => [`${id}失灵保护`, `断路器${id}失灵保护`]),
    ],
  };
  const verbs = {
    en: ['inspect', 'check', 'test', 'examine', 'investigate'],
    zh: ['检查', '检查 ', '核查', '核查 ', '试验', '排查', '排查 ', '查明', '查明 '],
  };
  return {
    en: [
      ...ORDERS.en,
      ...verbs.en.flatMap((verb) => what.en.flatMap((name) => [`${verb} ${name}`, `${verb} the ${name}`])),
    ],
    zh: [...ORDERS.zh, ...verbs.zh.flatMap((verb) => what.zh.map((name) => verb + name))],
  };
}

const ORDERS: Names = {
  en: [
    ...['told', 'ordered', 'commanded', 'instructed', 'required', 'order', 'command'].map(
      (word) => `${word} to open`,
    ),
    ...['trip circuit', 'trip circuits', 'trip coil', 'trip order', 'should have opened', 'open command'],
    ...[
      '"breaker open"',
      '“breaker open”',
      'breaker open signal',
      'breaker open alarm',
      'open signal',
      'open alarm',
    ],
  ],
  zh: [
    ...[
      '跳闸回路',
      '跳闸线圈',
      '分闸回路',
      '分闸线圈',
      '跳闸命令',
      '跳闸指令',
      '分闸命令',
      '应跳开',
      '应分闸',
    ],
    ...['“断路器分闸”', '断路器分闸信号', '分闸信号', '“断路器合闸”', '重合闸'],
  ],
};

const KINDS: ReportFacts['kinds'] = [
  {
    id: 'open',
    names: {
      en: ['open', 'opens', 'opened', 'opening', 'failed to trip', 'tripped open'],
      zh: ['跳开', '分闸', '断开', '跳闸'],
    },
  },
  { id: 'close', names: { en: ['reclosed', 'recloses', 'closed again'], zh: ['重合', '合闸'] } },
];

const CLEARED: Names = {
  en: ['clearing time', 'clearance time', 'time to clear', 'fault duration'],
  zh: ['切除时间', '故障切除时间', '故障持续时间'],
};

interface Protection {
  id: string;
  of: 'breaker' | 'section';
  signals: readonly SignalName[];
  en: readonly string[];
  zh: readonly string[];
}

const PROTECTIONS: readonly Protection[] = [
  {
    id: 'main',
    of: 'section',
    signals: ['main1-trip', 'main2-trip'],
    en: ['main protection', 'main protections', 'main protection 1', 'main protection 2'],
    zh: ['主保护', '母线主保护', '线路主保护', '主变主保护', '双套主保护', '线路双套主保护'],
  },
  {
    id: 'failure',
    of: 'breaker',
    signals: ['breaker-failure-trip'],
    en: ['breaker failure protection', 'breaker-failure protection'],
    zh: ['失灵保护', '断路器失灵保护'],
  },
  {
    id: 'zone2',
    of: 'section',
    signals: ['zone2-trip'],
    en: ['distance zone 2', 'zone 2'],
    zh: ['距离Ⅱ段', '距离II段', '距离二段', '线路距离Ⅱ段'],
  },
  {
    id: 'backup',
    of: 'section',
    signals: ['backup-overcurrent-trip'],
    en: ['back-up overcurrent', 'backup overcurrent', 'back-up overcurrent protection', 'back-up protection'],
    zh: ['后备过流', '后备保护', '后备过流保护'],
  },
  {
    id: 'transfer',
    of: 'section',
    signals: ['transfer-trip-received'],
    en: ['transfer trip'],
    zh: ['收远跳', '远跳', '线路收远跳'],
  },
];

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

/** Chinese has one word for it. That it denies the opening, the reader of claims knows. */
const refusing = (id: string): Names => ({
  en: [],
  zh: ['', '断路器', '断路器 ', '开关'].flatMap((before) => [`${before}${id}拒动`, `${before}${id} 拒动`]),
});

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
        `${id}${kind}故障`,
        `${id}${kind}发生故障`,
        `${id} ${kind}故障`,
        `${id} ${kind}发生故障`,
        `故障元件为${kind}${id}`,
        `故障元件为 ${kind}${id}`,
        `${id}${kind}永久性故障`,
        `${id} ${kind}永久性故障`,
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
function requiredOf(
  facts: EventRecordFacts,
  { fault, expected, missing, untrue }: Story,
): ReportFacts['required'] {
  const event = (id: string, part: 'named' | 'time', weight = 1, safety = false) =>
    ({ fact: 'event', id, part, weight, safety }) as const;
  const acted = (protection: string, device: string, signals: readonly SignalName[]) =>
    rowsOf(facts, device, signals).length > 0 ? [event(`${protection}:${device}`, 'time')] : [];
  const [failed] = fault.failed_breakers;
  const last = lastOpening(facts);
  const firstBackup = expected.find(
    ({ station, device, signal }) =>
      (signal === 'zone2-trip' || signal === 'backup-overcurrent-trip') &&
      !missing.has(`${station}:${device}:${signal}`),
  );
  return [
    event(`fault:${fault.zone}`, 'named', 2, true),
    ...(failed
      ? [event(`open:${failed}`, 'named', 2, true), ...acted('failure', failed, ['breaker-failure-trip'])]
      : []),
    ...(fault.failed_main
      ? [event(`main:${fault.zone}`, 'named', 2, true)]
      : acted('main', fault.zone, ['main1-trip', 'main2-trip'])),
    ...(fault.failed_main && firstBackup
      ? [event(`${firstBackup.signal === 'zone2-trip' ? 'zone2' : 'backup'}:${firstBackup.device}`, 'time')]
      : []),
    ...(last
      ? [
          event(`open:${last.device}:${last.no}`, 'time'),
          { fact: 'quantity', id: 'cleared', weight: 1 } as const,
        ]
      : []),
    ...untrue.slice(0, 1).map((row) => event(untrueEvent(row), 'named')),
  ];
}

/** The event that an untrue row reports. */
export function untrueEvent({ signal, device }: EventRow): string {
  const protection = PROTECTIONS.find(({ signals }) => signals.includes(signal));
  return `${protection?.id ?? 'open'}:${device}`;
}
