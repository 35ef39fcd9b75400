import type { Family } from '../../../core/family.ts';
import {
  differentialCurrent,
  restraint,
  tolerableAsymmetry,
} from '../../../engineering/faults/equipment/differential-channel.ts';
import { inWords, replyWith } from '../../wording.ts';
import {
  acts,
  type ChannelCause,
  type ChannelEvent,
  type DifferentialChannelFacts,
  type DifferentialChannelParams,
  differentialChannelParams,
  drawDifferentialChannel,
} from './facts.ts';
import { differentialChannelMistakes } from './mistakes.ts';
import { differentialChannelWork } from './work.ts';

export type DifferentialChannelAnswer = {
  causes: Record<string, ChannelCause>;
  /** Readings on which the relay acts. */
  acts: string[];
  /** Differential current of the reading whose ways differ most, A. */
  current: number;
  /** Largest difference of the ways that this reading's current at end A would bear, ms. */
  tolerable: number;
};

/** The log of a line differential relay: which readings are the channel's doing, which the line's, and on which it acts. */
export const differentialChannelFamily: Family<
  DifferentialChannelParams,
  DifferentialChannelFacts,
  DifferentialChannelAnswer
> = {
  name: 'differential-channel',
  version: 1,
  params: differentialChannelParams,
  targets: {
    causes: { type: 'json' },
    acts: { type: 'set' },
    current: { type: 'number', unit: 'A' },
    tolerable: { type: 'number', unit: 'ms' },
  },
  draw: drawDifferentialChannel,
  unordered: ['events'],
  solve: solveDifferentialChannel,
  vars: ({ causes: _injected, ...facts }) => facts,
  options: ({ events }) => ({ acts: events.map(({ name }) => ({ id: name, labels: [name] })) }),
  reply: (_facts, answer, lang) =>
    replyWith(
      inWords(lang, {
        en: 'A longer loop with an angle of half its excess is an unequal route; a longer loop without an angle is not; without a longer loop the currents themselves differ.',
        zh: '环路时延增大且相角误差等于其增量一半对应的角度，为收发路径不一致；时延增大而无相角误差，为双向同步改道；时延不变而电流不平衡，则问题在电流本身。',
      }),
      answer,
    ),
  mistakes: differentialChannelMistakes,
  work: differentialChannelWork,
};

/** The unequal route of most excess that the relay does not block. */
export function worstRoute({ events, causes }: DifferentialChannelFacts): ChannelEvent {
  const unequal = events.filter(({ name }) => causes[name] === 'asymmetric');
  return unequal.reduce((worst, event) => (event.loop_ms > worst.loop_ms ? event : worst));
}

export function solveDifferentialChannel(facts: DifferentialChannelFacts): DifferentialChannelAnswer {
  const { a_a, b_a, off_deg } = worstRoute(facts);
  const setting = restraint(facts.pickup_a, facts.slope_pct / 100, a_a, a_a);
  return {
    causes: facts.causes,
    acts: facts.events.filter((event) => acts(facts, event)).map(({ name }) => name),
    current: Number(differentialCurrent(a_a, b_a, (off_deg * Math.PI) / 180).toFixed(3)),
    tolerable: Number(tolerableAsymmetry(facts.frequency_hz, a_a, setting).toFixed(4)),
  };
}
