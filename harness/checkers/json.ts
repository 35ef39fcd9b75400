import { type Schema, Validator } from '@cfworker/json-schema';
import * as z from 'zod';
import type { Checker } from '../core/checker.ts';
import { correct, wrong } from '../core/score.ts';
import { byWay, readingOf } from './reading.ts';
import { fieldProblem } from './validate.ts';

const jsonConfig = z.strictObject({
  field: z.string(),
  /** JSON Schema, draft 2020-12, without patterns and without references that leave it. */
  schema: z.record(z.string(), z.unknown()),
});
type JsonConfig = z.infer<typeof jsonConfig>;

/** Backtracking patterns could hang on a hostile reply, and remote references could reach out. */
const REFUSED = new Set(['pattern', 'patternProperties', 'format', '$ref', '$dynamicRef', '$recursiveRef']);
const MAX_TEXT = 100_000;

/** A structure against a JSON Schema. It says whether the form is right; what it means is for another check. */
export const json: Checker<JsonConfig> = {
  kind: 'json',
  version: 1,
  config: jsonConfig as z.ZodType<JsonConfig>,
  validate(config, context) {
    const problem = fieldProblem(config.field, context, ['json', 'set', 'number', 'text'], {
      needsTarget: false,
    });
    const refused = [...keywords(config.schema)].find((key) => REFUSED.has(key));
    return [
      ...(problem ? [problem] : []),
      ...(refused
        ? [
            {
              path: ['schema'],
              message: `"${refused}" may not be used in a suite's schema`,
              hint: 'write the schema out; for patterns use a text check',
            },
          ]
        : []),
    ];
  },
  check(config, input) {
    const reading = readingOf(input, config.field);
    if ('score' in reading) return reading.score;
    const { value } = reading.read;
    const size = JSON.stringify(value)?.length ?? 0;
    if (size > MAX_TEXT) return wrong(`${size} characters of JSON are no answer`);
    const result = new Validator(config.schema as Schema, '2020-12').validate(value);
    if (result.valid) return correct(`fits the schema${byWay(reading.read)}`);
    const [fault] = result.errors.slice(-1);
    return wrong(
      fault ? `${fault.instanceLocation}: ${fault.error}`.slice(0, 300) : 'does not fit the schema',
    );
  },
};

function* keywords(node: unknown): Generator<string> {
  if (typeof node !== 'object' || node === null) return;
  for (const [key, child] of Object.entries(node)) {
    if (!Array.isArray(node)) yield key;
    yield* keywords(child);
  }
}
