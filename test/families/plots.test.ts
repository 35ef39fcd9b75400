import { describe, expect, it } from 'vitest';
import { processIo } from '../../harness/cli/io.ts';
import { registries } from '../../harness/cli/registries.ts';
import type { Plot } from '../../harness/core/plot.ts';
import { expand } from '../../harness/suite/expand.ts';
import { loadSuite } from '../../harness/suite/load.ts';

const known = await registries([], processIo({ colour: false }));

function expectSound(plot: Plot): void {
  if (plot.kind === 'series') {
    const n = plot.times.length;
    expect(n).toBeGreaterThan(1);
    for (const { values } of plot.series) expect(values).toHaveLength(n);
    expect([plot.band?.low.length ?? n, plot.band?.high.length ?? n]).toEqual([n, n]);
    for (const { from, to } of plot.windows ?? [])
      expect([from >= 0, from <= to, to < n]).toEqual([true, true, true]);
    return;
  }
  const buses = new Set(plot.buses.map(({ id }) => id));
  for (const { from, to } of plot.branches) expect([buses.has(from), buses.has(to)]).toEqual([true, true]);
}

describe('pictures of problems', () => {
  it.each([
    ['dispatch', ['nodal-price', 'n-1-ranking', 'price-separation', 'redispatch', 'voltage-remedy']],
    [
      'forecasting',
      ['forecast-metrics', 'error-cause', 'series-faults', 'interval-quality', 'compare-forecasts'],
    ],
  ])(
    'of %s: lines as long as their axis, branches that end at a bus, windows inside',
    async (name, expected) => {
      const suite = await loadSuite(`suites/${name}`, known);
      const drawn = new Set<string>();
      for (const { task, oracle } of expand(suite, { seeds: { from: 1, to: 2 } })) {
        if (!oracle.plots) continue;
        const plots = oracle.plots();
        expect(plots.length).toBeGreaterThan(0);
        plots.forEach(expectSound);
        drawn.add(task);
      }
      expect([...drawn]).toEqual(expect.arrayContaining(expected));
    },
  );
});
