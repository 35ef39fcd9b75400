import { UserError } from '../../../core/errors.ts';
import type { EventOf, Selection } from '../../../core/event.ts';
import type { GenerationSettings } from '../../../core/provider.ts';
import type { RunOptions } from '../../commands/run.ts';
import { type JudgingOrder, judgingOrder, recordedJudging } from './judging.ts';

/** What a run is to do: from the command line, or from the journal of a run that is gone on with. */
export interface RunOrder {
  suites: readonly string[];
  models: readonly string[];
  /** Absent where words are looked for instead. */
  judging?: JudgingOrder;
  settings: GenerationSettings;
  epochs: number;
  selection: Omit<Selection, 'langs' | 'seedKey'> & { langs?: Selection['langs'] };
}

export const DEFAULT_SUITES = ['dispatch', 'faults', 'forecasting'];
export const DEFAULT_MODELS = [
  'baseline/reference',
  'baseline/mistakes',
  'baseline/guess',
  'baseline/silent',
];

export function freshOrder(suites: readonly string[], options: RunOptions): RunOrder {
  const { lang, seeds, task, tag, limit, variants } = options;
  const judging = judgingOrder(options);
  return {
    suites: suites.length > 0 ? suites : DEFAULT_SUITES,
    models: options.model ?? DEFAULT_MODELS,
    ...(judging ? { judging } : {}),
    settings: settingsOf(options),
    epochs: options.epochs ?? 1,
    selection: {
      ...(lang ? { langs: lang } : {}),
      ...(seeds ? { seeds } : {}),
      ...(task ? { tasks: task } : {}),
      ...(tag ? { tags: tag } : {}),
      ...(limit === undefined ? {} : { limit }),
      ...(variants ? { variants } : {}),
    },
  };
}

function settingsOf(options: RunOptions): GenerationSettings {
  const { temperature, topP, maxTokens, samplingSeed: seed, reasoningEffort } = options;
  return {
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(seed === undefined ? {} : { seed }),
    ...(reasoningEffort === undefined ? {} : { reasoningEffort }),
  };
}

/** Options that say what a run is: fixed when it began. How fast and how far it goes may change. */
const FIXED = [
  'lang',
  'seeds',
  'task',
  'tag',
  'limit',
  'variants',
  'epochs',
  'temperature',
  'topP',
  'maxTokens',
  'samplingSeed',
  'reasoningEffort',
  'model',
  'judge',
  'judgeVote',
  'judgeBatch',
] as const;

/** @throws UserError where the command line would make it another run */
export function resumedOrder(
  start: EventOf<'run-start'>,
  suites: readonly string[],
  options: RunOptions,
): RunOrder {
  const given = FIXED.find((name) => options[name] !== undefined);
  if (given || suites.length > 0) {
    const what = given
      ? `--${given.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`
      : 'naming suites';
    throw new UserError(
      `--resume goes on with run ${start.run} as it was begun: ${what} cannot change it`,
      'start a new run instead',
    );
  }
  const [model] = start.models;
  const judging = recordedJudging(start);
  const { seedKey: _fingerprint, ...selection } = start.selection;
  return {
    suites: start.suites.map(({ source }) => source),
    models: start.models.map(({ id }) => id),
    ...(judging ? { judging } : {}),
    settings: model?.settings ?? {},
    epochs: start.epochs,
    selection,
  };
}
