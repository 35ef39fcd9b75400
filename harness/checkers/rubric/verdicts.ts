import type { CheckInput, Judgement } from '../../core/checker.ts';
import type { Vote } from '../../core/words.ts';
import { BATCH, readBatch } from './batch.ts';
import type { Criterion, RubricConfig } from './config.ts';
import { readVerdict, type Verdict } from './judge.ts';

/** What was found of one criterion. `met` is a share where a panel's mean decides. */
export interface Finding {
  criterion: Criterion;
  met: number;
  explanation: string;
  /** Judge by judge, where there are several. */
  votes?: readonly { judge: string; met: boolean }[];
}

type Given = { status: 'verdict'; judge: string; verdict: Verdict } | { status: 'none'; reason: string };

/** What the judges say of one criterion, or why nobody can tell. */
export function findingOf(
  criterion: Criterion,
  config: RubricConfig,
  input: CheckInput,
): Finding | { reason: string } {
  const judgements = input.judgements ?? {};
  const own = (id: string) => (Object.hasOwn(judgements, id) ? judgements[id] : undefined);
  const judgement = own(criterion.id) ?? own(BATCH);
  if (!judgement) return { reason: `${criterion.id}: not judged yet` };
  const members = judgement.status === 'panel' ? judgement.members : [judgement];
  const read = own(criterion.id) ? single : batched(criterion, config, input);
  const given = members.map((member): Given => {
    if (member.status === 'failed') return { status: 'none', reason: member.reason };
    const verdict = read(member.text);
    return verdict
      ? { status: 'verdict', judge: member.judge, verdict }
      : { status: 'none', reason: "the judge's reply holds no verdict" };
  });
  const silent = given.find((each) => each.status === 'none');
  // A panel that lacks one voice is not the panel that was asked for, and might have voted otherwise.
  if (silent) return { reason: `${criterion.id}: ${silent.reason}` };
  const verdicts = given.filter((each) => each.status === 'verdict');
  return judgement.status === 'panel'
    ? voted(criterion, judgement.vote, verdicts)
    : {
        criterion,
        met: Number(verdicts[0]?.verdict.met),
        explanation: verdicts[0]?.verdict.explanation ?? '',
      };
}

const single = (text: string) => readVerdict(text);
const batched = (criterion: Criterion, config: RubricConfig, input: CheckInput) => (text: string) =>
  readBatch(text, config, input)?.get(criterion.id);

function voted(
  criterion: Criterion,
  vote: Vote,
  given: readonly { judge: string; verdict: Verdict }[],
): Finding | { reason: string } {
  const share = given.filter(({ verdict }) => verdict.met).length / given.length;
  if (vote === 'majority' && share === 0.5) return { reason: `${criterion.id}: the judges are split evenly` };
  const met = vote === 'mean' ? share : Number(share > 0.5);
  return {
    criterion,
    met,
    // The words of a judge that agrees with the outcome.
    explanation: given.find(({ verdict }) => verdict.met === share > 0.5)?.verdict.explanation ?? '',
    votes: given.map(({ judge, verdict }) => ({ judge, met: verdict.met })),
  };
}

/** The names of all judges that gave something, in the order of the panel. */
export function judgesIn(judgements: Readonly<Record<string, Judgement>>): string[] {
  const names = new Set<string>();
  for (const judgement of Object.values(judgements))
    for (const member of judgement.status === 'panel' ? judgement.members : [judgement])
      if (member.status === 'replied') names.add(member.judge);
  return [...names];
}
