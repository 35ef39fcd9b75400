import * as z from 'zod';
import type { Random } from '../../../core/random.ts';
import { type GooseMessage, repetitionIntervals } from '../../../engineering/faults/equipment/goose-trace.ts';

export const protectionCommsParams = z.strictObject({
  /** How many troubles of the stream are injected. */
  troubles: z.tuple([z.int().min(0).max(4), z.int().min(0).max(4)]),
});
export type ProtectionCommsParams = z.infer<typeof protectionCommsParams>;

export interface TraceRow extends GooseMessage {
  no: number;
}

export interface ProtectionCommsFacts {
  /** Revision that the subscriber is set to. */
  conf_rev: number;
  shortest_ms: number;
  steady_ms: number;
  rows: TraceRow[];
}

type Trouble = 'trip-loss' | 'steady-loss' | 'restart' | 'test' | 'config' | 'duplicate';
const TROUBLES: readonly Trouble[] = ['trip-loss', 'steady-loss', 'restart', 'test', 'config', 'duplicate'];

/** Time allowed to live, as a multiple of the interval to the next message: no gap of whole messages hits it exactly. */
const LIVE = 2.5;

interface Sent extends Omit<GooseMessage, 'arrival_ms'> {
  sent_ms: number;
  phase: 'before' | 'trip' | 'after' | 'restarted';
}

/** A stream before, during and after one trip, then what the network and the publisher did to it. */
export function drawProtectionComms(
  { troubles: [fewest, most] }: ProtectionCommsParams,
  random: Random,
): ProtectionCommsFacts {
  const shortest_ms = random.pick([2, 4, 5]);
  const steady_ms = random.pick([500, 1000, 2000]);
  const conf_rev = random.int(1, 6);
  const troubles = new Set(random.sample(TROUBLES, random.int(fewest, Math.max(fewest, most))));
  const sent = stream({ shortest_ms, steady_ms, conf_rev, restart: troubles.has('restart') }, random);
  const kept = lose(sent, troubles, random);
  const messages = kept.flatMap((message): GooseMessage[] => {
    const { sent_ms, phase, ...rest } = message;
    const arrival_ms = tenth(sent_ms + random.range(0.3, 0.9, 0.1));
    const test = troubles.has('test') && phase === 'trip';
    const first = { ...rest, arrival_ms, test };
    const copied = troubles.has('duplicate') && phase !== 'before' && random.chance(0.25);
    return copied ? [first, { ...first, arrival_ms: tenth(arrival_ms + 0.2) }] : [first];
  });
  const foreign = troubles.has('config') ? 1 : 0;
  return {
    conf_rev,
    shortest_ms,
    steady_ms,
    rows: messages.map((message, i) => ({ no: i + 1, ...message, conf_rev: conf_rev + foreign })),
  };
}

interface StreamPlan {
  shortest_ms: number;
  steady_ms: number;
  conf_rev: number;
  restart: boolean;
}

function stream({ shortest_ms, steady_ms, conf_rev, restart }: StreamPlan, random: Random): Sent[] {
  const st = random.int(3, 60);
  const sq = random.int(40, 4000);
  const start = random.range(100, 900, 0.1);
  const base = { trip: false, test: false, conf_rev };
  const calm = Array.from(
    { length: 7 },
    (_, k): Sent => ({
      ...base,
      sent_ms: tenth(start + k * steady_ms),
      st,
      sq: sq + k,
      changed_ms: 0,
      live_ms: LIVE * steady_ms,
      phase: 'before',
    }),
  );
  const tripped_ms = tenth(start + 6 * steady_ms + steady_ms * random.range(0.1, 0.9, 0.001));
  const reset_ms = tenth(tripped_ms + random.range(150, 420, 0.1));
  const burst = (
    changed_ms: number,
    until_ms: number,
    { first, ...more }: Pick<Sent, 'st' | 'trip' | 'phase'> & { first: number },
  ): Sent[] => {
    let sent_ms = changed_ms;
    return repetitionIntervals(shortest_ms, steady_ms, 40).flatMap((interval, k) => {
      const message = {
        ...base,
        sent_ms: tenth(sent_ms),
        sq: first + k,
        changed_ms,
        live_ms: LIVE * interval,
        ...more,
      };
      sent_ms += interval;
      return message.sent_ms < until_ms ? [message] : [];
    });
  };
  const trip = burst(tripped_ms, reset_ms, { st: st + 1, first: 0, trip: true, phase: 'trip' });
  const end = reset_ms + 6 * steady_ms;
  const after = burst(reset_ms, restart ? reset_ms + 3 * steady_ms : end, {
    st: st + 2,
    first: 0,
    trip: false,
    phase: 'after',
  });
  const booted_ms = tenth((after.at(-1)?.sent_ms ?? end) + steady_ms * random.range(3.1, 5.3, 0.01));
  // 0 marks a change of state; a publisher that has been switched on counts from 1.
  const again = restart
    ? burst(booted_ms, booted_ms + 2 * steady_ms, { st: 1, first: 1, trip: false, phase: 'restarted' })
    : [];
  return [...calm, ...trip, ...after, ...again];
}

/** Losses that the numbering can prove: never the last message of a state. */
function lose(sent: readonly Sent[], troubles: ReadonlySet<Trouble>, random: Random): Sent[] {
  const gone = new Set<Sent>();
  const take = (phase: Sent['phase'], from: number, count: number) => {
    const provable = sent.filter((message) => message.phase === phase).slice(from, -1);
    for (const message of provable.slice(0, count)) gone.add(message);
  };
  if (troubles.has('trip-loss')) take('trip', 0, random.int(1, 3));
  if (troubles.has('steady-loss')) take('before', random.int(1, 2), random.int(1, 4));
  return sent.filter((message) => !gone.has(message));
}

const tenth = (ms: number): number => Math.round(ms * 10) / 10;
