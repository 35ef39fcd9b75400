import { type InspectSample, inspectLog, inspectSample } from '../report/exports/inspect-log.ts';
import type { RunRecords } from '../report/records.ts';
import { summariseRecords } from '../report/summarise.ts';
import type { RunFolder } from '../run/run-id.ts';
import { runViews } from './run-views.ts';

/** Inspect logs of a run by file name, one for each suite and model that was asked anything. */
export async function inspectFiles(
  folder: RunFolder,
  records: RunRecords,
  targetOf: (hash: string) => string | undefined,
): Promise<[name: string, text: string][]> {
  const summary = summariseRecords(records);
  const logs = new Map<string, { suite: string; model: string; samples: InspectSample[] }>();
  for await (const { sample, attempts } of runViews(folder, records))
    for (const attempt of attempts) {
      const one = inspectSample(sample, attempt, targetOf(sample.sample));
      if (!one) continue;
      const key = `${sample.suite}\n${attempt.model}`;
      let log = logs.get(key);
      if (!log) logs.set(key, (log = { suite: sample.suite, model: attempt.model, samples: [] }));
      log.samples.push(one);
    }
  return [...logs.values()].map(({ suite, model, samples }) => {
    const about = summary.models.find(({ id }) => id === model)!;
    return [
      fileName(summary.started, suite, model),
      `${JSON.stringify(inspectLog(summary, about, suite, samples))}\n`,
    ];
  });
}

/** As Inspect names its logs: time, task, id; nothing of a model's name leaves the folder. */
function fileName(started: string, suite: string, model: string): string {
  const time = started
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-')
    .replace('Z', '+00-00');
  const plain = (text: string) => text.replaceAll(/[^A-Za-z0-9.-]+/g, '-').replace(/^[.-]+/, '');
  return `${time}_wattmark-${plain(suite)}_${plain(model) || 'model'}.json`;
}
