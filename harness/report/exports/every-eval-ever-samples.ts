import * as z from 'zod';
import type { AttemptView, SampleView } from '../sample-view.ts';
import type { EveryEvalEver } from './every-eval-ever.ts';

const count = z.int().nonnegative();

/** The part of an Every Eval Ever sample row (instance-level schema, one turn) that Wattmark writes. */
export const everyEvalEverRowSchema = z.strictObject({
  schema_version: z.literal('0.3.0'),
  evaluation_id: z.string(),
  model_id: z.string(),
  evaluation_name: z.string(),
  sample_id: z.string(),
  sample_hash: z.string(),
  interaction_type: z.literal('single_turn'),
  /** A journal holds no right answers: without its suite at hand the list of references is empty rather than made up. */
  input: z.strictObject({ raw: z.string(), reference: z.array(z.string()).max(1) }),
  output: z.strictObject({ raw: z.array(z.string()), reasoning_trace: z.array(z.string()).optional() }),
  answer_attribution: z.array(
    z.strictObject({
      turn_idx: z.literal(0),
      source: z.literal('output.raw'),
      extracted_value: z.string(),
      extraction_method: z.string(),
      is_terminal: z.literal(true),
    }),
  ),
  evaluation: z.strictObject({ score: z.number().min(0).max(1), is_correct: z.boolean() }),
  token_usage: z.strictObject({ input_tokens: count, output_tokens: count, total_tokens: count }).optional(),
  /** Absent for a reply of a batch: nobody measured how long it took. */
  performance: z
    .strictObject({
      latency_ms: z.number().nonnegative(),
      time_to_first_token_ms: z.number().nonnegative().optional(),
    })
    .optional(),
  metadata: z.record(z.string(), z.string()),
});
export type EveryEvalEverRow = z.infer<typeof everyEvalEverRowSchema>;

/** Undefined where the attempt has no score: that schema asks for a number, and 0 would call it wrong. */
export function everyEvalEverRow(
  sample: SampleView['sample'],
  { completion, score, epoch }: AttemptView,
  { evaluation_id, model_info }: EveryEvalEver,
  reference?: string,
): EveryEvalEverRow | undefined {
  if (!completion || score?.score.status !== 'scored') return undefined;
  const { value } = score.score;
  const { text, reasoning, latency, batch } = completion;
  const usage = usageOf(completion);
  return {
    schema_version: '0.3.0',
    evaluation_id,
    model_id: model_info.id,
    evaluation_name: `wattmark/${sample.suite}`,
    sample_id: sample.id,
    sample_hash: sample.sample,
    interaction_type: 'single_turn',
    input: {
      raw: sample.messages.map(({ content }) => content).join('\n\n'),
      reference: reference === undefined ? [] : [reference],
    },
    output: { raw: [text], ...(reasoning === undefined ? {} : { reasoning_trace: [reasoning] }) },
    answer_attribution: score.checks.flatMap((check) => attribution(check, score.format?.ways ?? [])),
    evaluation: { score: value, is_correct: value >= sample.pass },
    ...(usage ? { token_usage: usage } : {}),
    ...(batch
      ? {}
      : {
          performance: {
            latency_ms: latency.totalMs,
            ...(latency.firstTokenMs === undefined ? {} : { time_to_first_token_ms: latency.firstTokenMs }),
          },
        }),
    metadata: {
      task: sample.task,
      language: sample.lang,
      epoch: String(epoch),
      skills: sample.skills.join(','),
      finish_reason: completion.finish.unified,
      reason: score.score.reason,
    },
  };
}

type Check = NonNullable<AttemptView['score']>['checks'][number];

function attribution(
  { kind, score }: Check,
  ways: readonly string[],
): EveryEvalEverRow['answer_attribution'] {
  if (score.status !== 'scored' || score.extracted === undefined) return [];
  const { extracted } = score;
  return [
    {
      turn_idx: 0,
      source: 'output.raw',
      extracted_value: typeof extracted === 'string' ? extracted : JSON.stringify(extracted),
      extraction_method: [kind, ...ways].join(' '),
      is_terminal: true,
    },
  ];
}

/** Only where both counts are known: that schema asks for their sum. */
function usageOf({
  usage: { inputTokens, outputTokens },
}: NonNullable<AttemptView['completion']>): EveryEvalEverRow['token_usage'] {
  if (inputTokens === undefined || outputTokens === undefined) return undefined;
  return {
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
  };
}
