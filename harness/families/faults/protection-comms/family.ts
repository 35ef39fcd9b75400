import type { Option } from '../../../core/answer.ts';
import type { Verdict } from '../../../core/checker.ts';
import type { Family } from '../../../core/family.ts';
import { analyseGoose, type GooseReport } from '../../../engineering/faults/equipment/goose-trace.ts';
import { inWords, replyWith } from '../../wording.ts';
import {
  drawProtectionComms,
  type ProtectionCommsFacts,
  type ProtectionCommsParams,
  protectionCommsParams,
} from './facts.ts';
import { protectionCommsMistakes } from './mistakes.ts';
import { protectionCommsWork } from './work.ts';

export const ANOMALIES = ['lost', 'expired', 'restart', 'test', 'revision', 'duplicate'] as const;
export type Anomaly = (typeof ANOMALIES)[number];

export type ProtectionCommsAnswer = {
  anomalies: Anomaly[];
  /** Messages that the numbering proves to be lost. */
  lost: number;
  /** Time without anything valid, ms. */
  dead: number;
  /** From the change to trip until the first message with it, ms. */
  delay: number;
  operates: 'yes' | 'no';
};

/** The trace of a GOOSE stream around a trip: what was lost, when it had expired, how late the trip came, and whether it is obeyed. */
export const protectionCommsFamily: Family<
  ProtectionCommsParams,
  ProtectionCommsFacts,
  ProtectionCommsAnswer
> = {
  name: 'protection-comms',
  version: 2,
  params: protectionCommsParams,
  targets: {
    anomalies: { type: 'set' },
    lost: { type: 'number' },
    dead: { type: 'number', unit: 'ms' },
    delay: { type: 'number', unit: 'ms' },
    operates: { type: 'choice' },
  },
  draw: drawProtectionComms,
  solve: ({ rows, conf_rev }) => answerOf(analyseGoose(rows, conf_rev)),
  options: (_facts, lang) => ({
    anomalies: ANOMALIES.map((id): Option => ({ id, labels: [NAMES[id][lang]] })),
  }),
  reply: (_facts, answer, lang) =>
    replyWith(
      inWords(lang, {
        en: 'State and sequence numbers are followed message by message, arrival times against the time allowed to live:',
        zh: '逐条核对状态号和顺序号，并将到达间隔与允许存活时间比较：',
      }),
      answer,
    ),
  mistakes: protectionCommsMistakes,
  verify: { anomalies: (_facts, { anomalies }, proposal) => namesOne(anomalies, proposal) },
  work: protectionCommsWork,
};

const NAMES: Readonly<Record<Anomaly, Readonly<Record<'en' | 'zh', string>>>> = {
  lost: { en: 'messages lost', zh: '报文丢失' },
  expired: { en: 'time allowed to live ran out', zh: '超过允许存活时间' },
  restart: { en: 'publisher restarted', zh: '发布方装置重启' },
  test: { en: 'messages marked as test', zh: '报文带检修（测试）标志' },
  revision: { en: 'configuration revision does not match', zh: '配置版本号不一致' },
  duplicate: { en: 'messages received twice', zh: '重复收到同一报文' },
};

/** Who sees nothing wrong with a stream that has failed gets nothing for the figures that any reader of the table has. */
function namesOne(right: readonly Anomaly[], proposal: unknown): Verdict {
  const text = (Array.isArray(proposal) ? proposal.slice(0, 100) : [proposal])
    .filter((item) => typeof item === 'string')
    .join(' ')
    .slice(0, 10_000)
    .normalize('NFKC')
    .toLowerCase();
  return right.some(
    (id) =>
      text.includes(id) || Object.values(NAMES[id]).some((name) => text.includes(name.normalize('NFKC'))),
  )
    ? { value: 1, reason: 'names an anomaly that is there' }
    : { value: 0, reason: 'names no anomaly that is there' };
}

/** Tenths of milliseconds, as they were read: sums carry binary dust. */
const tidy = (ms: number): number => Number(ms.toFixed(3));

export function answerOf(report: GooseReport): ProtectionCommsAnswer {
  const seen: Record<Anomaly, boolean> = {
    lost: report.lost > 0,
    expired: tidy(report.dead_ms) > 0,
    restart: report.restarts > 0,
    test: report.tests > 0,
    revision: report.foreign > 0,
    duplicate: report.duplicates > 0,
  };
  return {
    anomalies: ANOMALIES.filter((anomaly) => seen[anomaly]),
    lost: report.lost,
    dead: tidy(report.dead_ms),
    delay: tidy(report.delay_ms ?? 0),
    operates: report.operates ? 'yes' : 'no',
  };
}
