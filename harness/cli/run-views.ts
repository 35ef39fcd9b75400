import { canonicalJson } from '../core/canonical.ts';
import type { EventOf, RunEvent } from '../core/event.ts';
import type { RunRecords } from '../report/records.ts';
import type { AttemptView, SampleView } from '../report/sample-view.ts';
import { type JournalEntry, type LineRef, openLines, readEntries } from '../run/journal-reader.ts';
import type { RunFolder } from '../run/run-id.ts';

interface AttemptRefs {
  completion?: LineRef;
  error?: LineRef;
  score?: LineRef;
  /** By check, criterion and judge: of a criterion that a judge judged again the last counts. */
  judgements: Map<string, LineRef>;
}

/**
 * Every sample of a run with all its words, one at a time. Where the words lie is held, the words are read back:
 * memory grows with attempts and not with what models wrote.
 */
export async function* runViews({ journal }: RunFolder, records: RunRecords): AsyncGenerator<SampleView> {
  const lanes = new Map<string, string>();
  const samples = new Map<string, LineRef>();
  const attempts = new Map<string, AttemptRefs>();
  const nameOf = (sample: string, model: string, epoch: number) =>
    `${epoch} ${sample}\n${lanes.get(model) ?? ''} ${model}`;
  for await (const { event, ref } of readEntries(journal, { onDamage: () => {} })) {
    if (event.event === 'run-start')
      for (const { id, settings } of event.models) lanes.set(id, canonicalJson(settings));
    else if (event.event === 'sample-start') samples.set(event.sample, ref);
    else if ('epoch' in event) take(attempts, nameOf(event.sample, event.model, event.epoch), { event, ref });
  }
  const lines = openLines(journal);
  try {
    for (const hash of records.samples.keys()) {
      const views: AttemptView[] = [];
      for (const { id: model } of records.models)
        for (let epoch = 1; epoch <= records.epochs; epoch++)
          views.push(viewOf(attempts.get(nameOf(hash, model, epoch)), { model, epoch }, lines.read));
      yield { sample: lines.read(samples.get(hash)!) as EventOf<'sample-start'>, attempts: views };
    }
  } finally {
    lines.close();
  }
}

type AttemptEntry = Omit<JournalEntry, 'line' | 'event'> & {
  event: EventOf<'completion-end' | 'completion-error' | 'judgement-end' | 'score-end'>;
};

function take(attempts: Map<string, AttemptRefs>, name: string, { event, ref }: AttemptEntry): void {
  let refs = attempts.get(name);
  // A later reply replaces an earlier one, with all that was said of it.
  if (!refs || event.event === 'completion-end') attempts.set(name, (refs = { judgements: new Map() }));
  if (event.event === 'completion-end') refs.completion = ref;
  else if (event.event === 'completion-error') refs.error = ref;
  else if (event.event === 'score-end') refs.score = ref;
  else refs.judgements.set(`${event.check} ${event.criterion} ${event.judge}`, ref);
}

function viewOf(
  refs: AttemptRefs | undefined,
  { model, epoch }: Pick<AttemptView, 'model' | 'epoch'>,
  read: (ref: LineRef) => RunEvent,
): AttemptView {
  if (!refs) return { model, epoch, judgements: [] };
  const { completion, error, score, judgements } = refs;
  const view: AttemptView = {
    model,
    epoch,
    judgements: [...judgements.values()].map((ref) => read(ref) as EventOf<'judgement-end'>),
  };
  if (completion) view.completion = (read(completion) as EventOf<'completion-end'>).completion;
  else if (error) {
    const { fault, message } = read(error) as EventOf<'completion-error'>;
    view.error = { fault, message };
  }
  if (score) view.score = read(score) as EventOf<'score-end'>;
  return view;
}
