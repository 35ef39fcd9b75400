import type { Issue } from '../core/errors.ts';
import type { Lang } from '../core/lang.ts';
import type { Located, Path } from './located.ts';
import type { Placed, QuestionParts } from './question.ts';
import type { CaseConfig, TaskConfig } from './schema.ts';
import type { Registries } from './suite.ts';

/** A task file on its way to a task: `issues` gathers what is found. */
export interface TaskScope {
  config: TaskConfig;
  located: Located;
  langs: readonly Lang[];
  registries: Registries;
  issues: Issue[];
}

/** What a case words itself, else what its task does. */
export function questionParts(config: TaskConfig, one?: CaseConfig, path: Path = []): QuestionParts {
  const pick = <K extends 'prompt' | 'system' | 'answer' | 'checks'>(key: K): Placed<TaskConfig[K]> =>
    one?.[key] === undefined
      ? { value: config[key], path: [key] }
      : { value: one[key] as TaskConfig[K], path: [...path, key] };
  return { prompt: pick('prompt'), system: pick('system'), answer: pick('answer'), checks: pick('checks') };
}
