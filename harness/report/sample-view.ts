import { nearest, UserError } from '../core/errors.ts';
import type { EventOf, RunEvent } from '../core/event.ts';
import type { Completion, ProviderFault } from '../core/provider.ts';

/** One attempt with all its words. */
export interface AttemptView {
  model: string;
  epoch: number;
  completion?: Completion;
  /** Where no reply ever arrived. */
  error?: { fault: ProviderFault; message: string };
  judgements: EventOf<'judgement-end'>[];
  score?: EventOf<'score-end'>;
}

/** One sample of a run with all its words. */
export interface SampleView {
  sample: EventOf<'sample-start'>;
  attempts: AttemptView[];
}

/**
 * Picks one sample out of a journal, by id, by hash, or by the beginning of either where that names just one.
 * The journal is read twice, so that replies of other samples are never held.
 * @throws UserError where no sample, or more than one, is meant
 */
export async function viewSample(
  read: () => AsyncIterable<RunEvent>,
  name: string,
  filter: { model?: string; epoch?: number } = {},
): Promise<SampleView> {
  const hash = await findSample(read(), name);
  let sample: EventOf<'sample-start'> | undefined;
  const attempts = new Map<string, AttemptView>();
  for await (const event of read()) {
    if (event.event === 'run-start' || event.event === 'run-end' || event.sample !== hash) continue;
    if (event.event === 'sample-start') {
      sample = event;
      continue;
    }
    const { model, epoch } = event;
    if ((filter.model ?? model) !== model || (filter.epoch ?? epoch) !== epoch) continue;
    const key = `${epoch} ${model}`;
    let attempt = attempts.get(key);
    if (!attempt) attempts.set(key, (attempt = { model, epoch, judgements: [] }));
    if (event.event === 'completion-end') attempt.completion = event.completion;
    else if (event.event === 'completion-error')
      attempt.error = { fault: event.fault, message: event.message };
    else if (event.event === 'judgement-end') takeJudgement(attempt, event);
    else attempt.score = event;
  }
  return { sample: sample!, attempts: [...attempts.values()].map(settle) };
}

/** A criterion that was judged again has one judgement: the last. */
function takeJudgement(attempt: AttemptView, event: EventOf<'judgement-end'>): void {
  const same = (old: EventOf<'judgement-end'>) =>
    old.check === event.check && old.criterion === event.criterion;
  attempt.judgements = [...attempt.judgements.filter((old) => !same(old)), event];
}

function settle({ error, ...attempt }: AttemptView): AttemptView {
  return error && !attempt.completion ? { ...attempt, error } : attempt;
}

async function findSample(events: AsyncIterable<RunEvent>, name: string): Promise<string> {
  const ids = new Map<string, string>();
  for await (const event of events) if (event.event === 'sample-start') ids.set(event.sample, event.id);
  const matches = (test: (text: string) => boolean) =>
    [...ids].filter(([hash, id]) => test(hash) || test(id)).map(([hash]) => hash);
  const exact = matches((text) => text === name);
  const found = exact.length > 0 ? exact : matches((text) => text.startsWith(name));
  if (found.length === 1) return found[0]!;
  if (found.length > 1) {
    const some = found.slice(0, 5).map((hash) => ids.get(hash));
    throw new UserError(
      `${found.length} samples of this run begin with "${name}"`,
      `one of them: ${some.join(', ')}${found.length > 5 ? ', …' : ''}`,
    );
  }
  const near = nearest(name, ids.values());
  throw new UserError(`no sample "${name}" in this run`, near ? `did you mean ${near}?` : undefined);
}
