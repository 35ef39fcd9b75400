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
    if (!('sample' in event) || event.sample !== hash) continue;
    if (event.event === 'sample-start') {
      sample = event;
      continue;
    }
    const { model, epoch } = event;
    if ((filter.model ?? model) !== model || (filter.epoch ?? epoch) !== epoch) continue;
    const key = `${epoch} ${model}`;
    let attempt = attempts.get(key);
    if (!attempt) attempts.set(key, (attempt = { model, epoch, judgements: [] }));
    // A later reply replaces an earlier one, with all that was said of it.
    if (event.event === 'completion-end')
      attempts.set(key, { model, epoch, completion: event.completion, judgements: [] });
    else if (event.event === 'completion-error')
      attempt.error = { fault: event.fault, message: event.message };
    else if (event.event === 'judgement-end') takeJudgement(attempt, event);
    else attempt.score = event;
  }
  return { sample: sample!, attempts: [...attempts.values()].map(settle) };
}

/** A criterion that a judge judged again has one judgement of that judge: the last. */
function takeJudgement(attempt: AttemptView, event: EventOf<'judgement-end'>): void {
  const same = (old: EventOf<'judgement-end'>) =>
    old.check === event.check && old.criterion === event.criterion && old.judge === event.judge;
  attempt.judgements = [...attempt.judgements.filter((old) => !same(old)), event];
}

function settle({ error, ...attempt }: AttemptView): AttemptView {
  return error && !attempt.completion ? { ...attempt, error } : attempt;
}

async function findSample(events: AsyncIterable<RunEvent>, name: string): Promise<string> {
  const hashes = new Set<string>();
  // Of a sample that was asked in two forms its id means the newer; the older still has its hash.
  const byId = new Map<string, string>();
  for await (const event of events) {
    if (event.event !== 'sample-start') continue;
    hashes.add(event.sample);
    byId.set(event.id, event.sample);
  }
  const exact = byId.get(name) ?? (hashes.has(name) ? name : undefined);
  if (exact !== undefined) return exact;
  const begun = [...byId].filter(([id, hash]) => id.startsWith(name) || hash.startsWith(name));
  if (begun.length === 1) return begun[0]![1];
  if (begun.length > 1) {
    const some = begun.slice(0, 5).map(([id]) => id);
    throw new UserError(
      `${begun.length} samples of this run begin with "${name}"`,
      `one of them: ${some.join(', ')}${begun.length > 5 ? ', …' : ''}`,
    );
  }
  const near = nearest(name, byId.keys());
  throw new UserError(`no sample "${name}" in this run`, near ? `did you mean ${near}?` : undefined);
}
