import type { SignalName } from '../../../engineering/faults/records/signals.ts';

/** Wordings of one thing, as a report may use them. */
export interface Names {
  en: string[];
  zh: string[];
}

export const breakerNames = (id: string): Names => ({
  en: [id, `breaker ${id}`],
  zh: [`断路器${id}`, `开关${id}`, `断路器 ${id}`, `开关 ${id}`],
});

/** Words that hold the name of an event and report none: orders, circuits, signals, and what is to be inspected. */
export function shields(sections: readonly string[], breakers: readonly string[]): Names {
  const what = {
    en: [
      ...sections.flatMap((id) => [`main protection of ${id}`, `${id} main protection`]),
      ...breakers.map((id) => `breaker failure protection of ${id}`),
      'its breaker failure protection',
    ],
    zh: [
      ...sections.flatMap((id) => [`${id}主保护`, `${id} 主保护`, `${id}的主保护`]),
      ...breakers.flatMap((id) => [`${id}失灵保护`, `断路器${id}失灵保护`]),
      '其失灵保护',
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

export const KINDS: readonly { id: string; names: Names }[] = [
  {
    id: 'open',
    names: {
      en: ['open', 'opens', 'opened', 'opening', 'failed to trip', 'tripped open'],
      zh: ['跳开', '分闸', '断开', '跳闸'],
    },
  },
  {
    id: 'failure',
    names: {
      en: ['its breaker failure protection', 'its breaker-failure protection'],
      zh: ['其失灵保护', '其断路器失灵保护'],
    },
  },
  { id: 'close', names: { en: ['reclosed', 'recloses', 'closed again'], zh: ['重合', '合闸'] } },
];

export const CLEARED: Names = {
  en: ['clearing time', 'clearance time', 'time to clear', 'fault duration'],
  zh: ['切除时间', '故障切除时间', '故障持续时间'],
};

export interface Protection {
  id: string;
  of: 'breaker' | 'section';
  signals: readonly SignalName[];
  en: readonly string[];
  zh: readonly string[];
}

export const PROTECTIONS: readonly Protection[] = [
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

/** Chinese has one word for it. That it denies the opening, the reader of claims knows. */
export const refusing = (id: string): Names => ({
  en: [],
  zh: ['', '断路器', '断路器 ', '开关'].flatMap((before) => [`${before}${id}拒动`, `${before}${id} 拒动`]),
});
