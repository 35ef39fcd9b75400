import * as z from 'zod';
import type { Checker } from '../core/checker.ts';
import { correct, scored, wrong } from '../core/score.ts';
import { namedOptions } from './answer/names.ts';
import { byWay, readingOf } from './reading.ts';
import { fieldProblem } from './validate.ts';

const choiceConfig = z.strictObject({
  field: z.string(),
  /** What options that are not the right one are still worth, by id. */
  credit: z.record(z.string(), z.number().min(0).max(1)).optional(),
});
type ChoiceConfig = z.infer<typeof choiceConfig>;

const BOOLEANS = [
  { id: 'true', labels: ['yes', 'true', 'y', '是', '对', '正确', '成立'] },
  { id: 'false', labels: ['no', 'false', 'n', '否', '不', '错', '错误', '不成立'] },
];

/** One option out of several, by its id or its wording. Naming two is wrong, whichever they are. */
export const choice: Checker<ChoiceConfig> = {
  kind: 'choice',
  version: 1,
  config: choiceConfig,
  validate(config, context) {
    const problem = fieldProblem(config.field, context, ['choice', 'boolean']);
    if (problem) return [problem];
    const ids = new Set(context.fields[config.field]?.options?.map((option) => option.id));
    return Object.keys(config.credit ?? {})
      .filter((id) => ids.size > 0 && !ids.has(id))
      .map((id) => ({
        path: ['credit', id],
        message: `"${id}" is no option`,
        hint: `options: ${[...ids].join(', ')}`,
      }));
  },
  check(config, input) {
    const reading = readingOf(input, config.field);
    if ('score' in reading) return reading.score;
    const { value } = reading.read;
    const field = input.spec.fields.find((candidate) => candidate.name === config.field);
    const options = field?.type === 'boolean' ? BOOLEANS : (field?.options ?? []);
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
      return wrong('the answer is not one option');
    }
    const text = String(value).slice(0, 500);
    const named = namedOptions(text, options);
    const [option] = named;
    if (!option) return wrong(`"${text.slice(0, 80)}" is none of the options`);
    if (named.length > 1) return wrong(`ambiguous: names ${named.map(({ id }) => id).join(' and ')}`);
    const target = String(input.targets[config.field]);
    const extras = { extracted: option.id };
    if (option.id === target) return correct(`${option.id} is right${byWay(reading.read)}`, extras);
    const credit =
      config.credit && Object.hasOwn(config.credit, option.id) ? config.credit[option.id] : undefined;
    return credit
      ? scored(credit, `${option.id} is partly right; the best answer is ${target}`, extras)
      : wrong(`${option.id}, but right is ${target}`, extras);
  },
};
