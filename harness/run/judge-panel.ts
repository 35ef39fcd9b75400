import type { Judgement } from '../core/checker.ts';
import type { EventOf, ModelRecord } from '../core/event.ts';
import type { Provider } from '../core/provider.ts';
import type { Vote } from '../core/words.ts';
import { type Breaker, createBreaker } from './breaker.ts';
import { createSemaphore, type Semaphore } from './semaphore.ts';

export interface JudgeSetup {
  model: ModelRecord;
  provider: Provider;
  concurrency: number;
}

export interface PanelSetup {
  members: readonly JudgeSetup[];
  vote: Vote;
}

export const setupsOf = (setup: JudgeSetup | PanelSetup | undefined): readonly JudgeSetup[] =>
  setup === undefined ? [] : 'members' in setup ? setup.members : [setup];

/** One judge of a run. Its requests share one limit over all models. */
export interface Judge {
  id: string;
  setup: JudgeSetup;
  breaker: Breaker;
  slots: Semaphore;
}

/** The judges of a run: one, or several that each judge everything. */
export interface Panel {
  judges: readonly Judge[];
  vote: Vote;
  /** Replies being judged: a model waits here when the judges fall behind, so that replies do not pile up. */
  room: Semaphore;
}

/** A panel goes at the pace of its slowest judge, so that one is enough for the room. */
export function createPanel(setup: JudgeSetup | PanelSetup): Panel {
  const setups = setupsOf(setup);
  return {
    judges: setups.map((each) => ({
      id: each.model.id,
      setup: each,
      breaker: createBreaker(each.concurrency),
      slots: createSemaphore(each.concurrency),
    })),
    vote: 'members' in setup ? setup.vote : 'majority',
    room: createSemaphore(2 * Math.min(...setups.map(({ concurrency }) => concurrency))),
  };
}

/** The judges of a journal's run, as they are named in its judgements. */
export interface PanelNames {
  judges: readonly string[];
  vote: Vote;
}

export function panelNames(start: EventOf<'run-start'> | undefined): PanelNames | undefined {
  if (start?.judge === undefined) return undefined;
  return {
    judges: start.judges?.map(({ id }) => id) ?? [start.judge],
    vote: start.judging?.vote ?? 'majority',
  };
}

type OwnJudgement = Exclude<Judgement, { status: 'panel' }>;

/** What the judges gave on one criterion, as a check is told it: a panel of one is that one. */
export function asOne(members: readonly OwnJudgement[], vote: Vote): Judgement {
  const [only, ...others] = members;
  return only && others.length === 0 ? only : { status: 'panel', vote, members };
}
