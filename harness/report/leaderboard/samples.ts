import { groupBy } from '../group-by.ts';
import type { RunRecords } from '../records.ts';
import { bySample, mean } from '../scores.ts';
import type { PublishedSamples } from './schema.ts';

/** What each model of a run scored on each sample: figures and ids, never a question, a key or a reply. */
export function publishedSamples(records: RunRecords): PublishedSamples {
  const samples = [...records.samples.values()].filter(({ variant }) => !variant);
  const byModel = groupBy(records.attempts, ({ model }) => model);
  return {
    run: records.run,
    ids: samples.map(({ id }) => id),
    models: records.models.map(({ id }) => {
      const scores = new Map(
        bySample(records, byModel.get(id) ?? []).map(({ sample, values }) => [sample.sample, values]),
      );
      return {
        model: id,
        scores: samples.map(({ sample }) => {
          const values = scores.get(sample) ?? [];
          // Four digits: a page of many samples should not carry the dust of a mean.
          return values.length > 0 ? Number(mean(values).toFixed(4)) : null;
        }),
      };
    }),
  };
}
