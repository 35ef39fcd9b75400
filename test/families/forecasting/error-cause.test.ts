import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import { gaps, lagOf, type Run, runsWhere, stuckRuns } from '../../../harness/engineering/forecast/detect.ts';
import { mean } from '../../../harness/engineering/forecast/pairs.ts';
import type {
  AnswerCause,
  CauseRow,
  ErrorCauseFacts,
} from '../../../harness/families/forecasting/error-cause/facts.ts';
import { errorCauseFamily as family } from '../../../harness/families/forecasting/error-cause/family.ts';

const draws = Array.from({ length: 600 }, (_, seed) =>
  family.draw({ series: ['load', 'wind', 'solar'] }, createRandom(`error-cause ${seed}`)),
);

/** The table as the prompt shows it: a diagnosis may not look at what was injected. */
type Table = Omit<ErrorCauseFacts, 'causes'>;
type Found = { kind: AnswerCause; first: number; last: number };

function physical({ series, rows, units, capacity_mw, calendar, everyday_mw }: Table): Found[] {
  const runs = runsWhere(rows.length, (t) => {
    const { meter, forecast } = rows[t] as CauseRow;
    return Math.abs(meter - forecast) > everyday_mw;
  });
  return runs.map(({ from, to }) => {
    const part = rows.slice(from, to);
    const average = (value: (row: CauseRow) => number) => mean(part.map(value));
    const meters = part.map(({ meter }) => meter);
    const flat = Math.max(...meters) - Math.min(...meters) <= 0.0045 * capacity_mw + 0.2;
    const found = (kind: AnswerCause): Found => ({ kind, first: from + 1, last: to });
    if (part.every(({ in_service }) => in_service < units)) return found('outage');
    if (series === 'load') {
      const warmer = average((row) => row.temp_c - row.temp_forecast_c);
      if (Math.abs(warmer) > 3) return found(warmer > 0 ? 'heat_wave' : 'cold_snap');
      if (calendar === 'working_day') throw new Error(`an unexplained error of the load at ${from}`);
      return found('holiday');
    }
    if (series === 'wind') {
      if (average((row) => row.wind_ms - row.wind_forecast_ms) < -1.5) return found('ramp');
      if (part.every((row) => row.temp_c <= 0 && row.humidity_pct > 92)) return found('icing');
      if (!flat) throw new Error(`an unexplained error of the wind at ${from}`);
      return found('curtailment');
    }
    if (average((row) => row.irradiance_wm2 / row.irradiance_forecast_wm2) < 0.85) return found('ramp');
    return found(flat ? 'curtailment' : 'soiling');
  });
}

function telemetry({ rows, agree_mw }: Table): Found[] {
  const scada = rows.map((row) => row.scada);
  const meter = rows.map((row) => row.meter);
  const found = (kind: AnswerCause, { from, to }: Run): Found => ({ kind, first: from + 1, last: to });
  const [gap] = gaps(scada);
  if (gap) return [found('missing', gap)];
  const frozen = stuckRuns(scada, 5).find(({ from, to }) =>
    meter.slice(from, to).some((value, i) => Math.abs(value - (scada[from + i] as number)) > 5 * agree_mw),
  );
  if (frozen) return [found('stuck', { from: frozen.from + 1, to: frozen.to })];
  const off = runsWhere(rows.length, (t) => Math.abs((scada[t] as number) - (meter[t] as number)) > agree_mw);
  const [first, last] = [off[0], off.at(-1)];
  if (!first || !last) return [];
  const whole = { from: first.from, to: last.to };
  if (whole.to - whole.from === 1) return [found('spike', whole)];
  expect(lagOf(scada, meter, 6, whole)?.lag).not.toBe(0);
  return [found('clock_shift', whole)];
}

describe('error-cause', () => {
  it('has the causes and windows that detectors find in the table alone', () => {
    for (const { causes, ...table } of draws) {
      const found = [...physical(table), ...telemetry(table)];
      const kinds = (list: readonly Found[]) => list.map(({ kind }) => kind).sort();
      expect(kinds(found)).toEqual(kinds(causes));
      for (const cause of causes) {
        const same = found.find(({ kind }) => kind === cause.kind) as Found;
        expect(Math.abs(same.first - cause.first), JSON.stringify(cause)).toBeLessThanOrEqual(1);
        expect(Math.abs(same.last - cause.last), JSON.stringify(cause)).toBeLessThanOrEqual(1);
      }
    }
  });

  it('draws every cause and one to three of them', () => {
    const seen = new Set(draws.flatMap(({ causes }) => causes.map(({ kind }) => kind)));
    expect([...seen].sort()).toEqual(
      [
        'clock_shift',
        'cold_snap',
        'curtailment',
        'heat_wave',
        'holiday',
        'icing',
        'missing',
        'outage',
      ].concat(['ramp', 'soiling', 'spike', 'stuck']),
    );
    const counts = draws.map(({ causes }) => causes.length);
    expect(new Set(counts)).toEqual(new Set([1, 2, 3]));
  });

  it('does not tell the prompt what was injected', () => {
    const [facts] = draws as [ErrorCauseFacts];
    expect(Object.keys(family.vars?.(facts, 'en') ?? {})).not.toContain('causes');
  });
});
