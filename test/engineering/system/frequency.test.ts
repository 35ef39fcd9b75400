import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aceNerc, aceTieLine, agcDispatch } from '../../../harness/engineering/system/ace.ts';
import { droopShares } from '../../../harness/engineering/system/droop.ts';
import { type FrequencyEvent, frequencyResponse } from '../../../harness/engineering/system/swing.ts';
import { linearNadir, settledDeviation } from '../../../harness/engineering/system/swing-closed-form.ts';

const event: FrequencyEvent = {
  f0_hz: 50,
  base_mva: 10_000,
  inertia_s: 5,
  damping_mw_per_hz: 150,
  loss_mw: 600,
  governors: [{ name: 'all', p_rated_mw: 8000, droop_pu: 0.05, t_s: 6 }],
};
const linear = {
  f0_hz: 50,
  base_mva: 10_000,
  inertia_s: 5,
  damping_mw_per_hz: 150,
  loss_mw: 600,
  droop_mw_per_hz: 8000 / (0.05 * 50),
  t_s: 6,
};

describe('frequency response', () => {
  it('has the nadir, its time and the rate of change that the second-order model gives on paper', () => {
    const result = frequencyResponse(event);
    const closed = linearNadir(linear);
    expect(result.extreme_hz).toBeCloseTo(closed?.nadir_hz ?? 0, 5);
    expect(result.extreme_s).toBeCloseTo(closed?.t_s ?? 0, 1);
    // M = 2·5·10 000/50 = 2000 MW·s/Hz, so 600 MW make −0.3 Hz/s.
    expect(result.rocof_hz_per_s).toBeCloseTo(-0.3, 12);
    expect(result.final_hz).toBeCloseTo(50 + settledDeviation(linear), 3);
  });
  it('agrees with the closed form wherever there is a nadir, for losses of generation and of load', () => {
    const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    fc.assert(
      fc.property(
        number(2, 8),
        number(0, 300),
        number(3000, 10_000),
        number(0.03, 0.08),
        number(3, 12),
        number(-800, 800),
        (h, d, p, r, t, loss) => {
          fc.pre(Math.abs(loss) > 50);
          const model = {
            ...linear,
            inertia_s: h,
            damping_mw_per_hz: d,
            droop_mw_per_hz: p / (r * 50),
            t_s: t,
            loss_mw: loss,
          };
          const closed = linearNadir(model);
          fc.pre(closed !== undefined && closed.t_s < 30);
          const result = frequencyResponse({
            ...event,
            inertia_s: h,
            damping_mw_per_hz: d,
            loss_mw: loss,
            governors: [{ name: 'g', p_rated_mw: p, droop_pu: r, t_s: t }],
            duration_s: 40,
          });
          expect(result.extreme_hz).toBeCloseTo(closed?.nadir_hz ?? 0, 4);
        },
      ),
      { numRuns: 25 },
    );
  });
  it('falls further where headroom runs out, and never gives more than there is', () => {
    const [governor] = event.governors;
    const short = frequencyResponse({ ...event, governors: [{ ...governor!, headroom_mw: 300 }] });
    expect(short.extreme_hz).toBeLessThan(frequencyResponse(event).extreme_hz - 0.1);
    expect(short.limited).toEqual(['all']);
    // 300 MW are missing for good: only load damping holds, Δf = −300/150 = −2 Hz.
    expect(
      frequencyResponse({ ...event, governors: [{ ...governor!, headroom_mw: 300 }], duration_s: 200 })
        .final_hz,
    ).toBeCloseTo(48, 2);
  });
  it('sheds a stage once, after its delay, and not before its threshold', () => {
    const [governor] = event.governors;
    const shedding = [
      { threshold_hz: 49.5, delay_s: 0.2, shed_mw: 200 },
      { threshold_hz: 47, delay_s: 0.2, shed_mw: 500 },
    ];
    const result = frequencyResponse({
      ...event,
      governors: [{ ...governor!, headroom_mw: 300 }],
      shedding,
      duration_s: 120,
    });
    expect(result.shed_mw).toBe(200);
    expect(result.extreme_hz).toBeLessThan(49.5);
  });
  it('ends at a collapse instead of going on to impossible frequencies', () => {
    const result = frequencyResponse({ ...event, loss_mw: 1e6 });
    expect(result.collapsed).toBe(true);
    expect(result.extreme_hz).toBeGreaterThan(30);
  });
  it('refuses a lag too short to integrate', () => {
    const [governor] = event.governors;
    expect(() => frequencyResponse({ ...event, governors: [{ ...governor!, t_s: 0.0005 }] })).toThrow(
      /time constant/,
    );
  });
  it('waits the delay of a shedding stage out', () => {
    const [governor] = event.governors;
    const stage = { threshold_hz: 49.5, shed_mw: 200 };
    const at = (delay_s: number) =>
      frequencyResponse({
        ...event,
        governors: [{ ...governor!, headroom_mw: 300 }],
        shedding: [{ ...stage, delay_s }],
        duration_s: 60,
      }).extreme_hz;
    expect(at(2)).toBeLessThan(at(0.1) - 0.02);
  });
  it('does not respond inside the deadband', () => {
    const [governor] = event.governors;
    const result = frequencyResponse({
      ...event,
      loss_mw: 3,
      governors: [{ ...governor!, deadband_hz: 0.05 }],
      duration_s: 120,
    });
    expect(result.final_hz).toBeCloseTo(50 - 3 / 150, 4);
  });
});

describe('droop shares', () => {
  const unit = (name: string, p: number, droop: number, headroom = 1e6) => ({
    name,
    p_rated_mw: p,
    droop_pu: droop,
    headroom_mw: headroom,
    footroom_mw: 1e6,
  });
  it('shares a loss by rating over droop: the textbook figure', () => {
    // 500 MW at 5 % and 500 MW at 4 % on 50 Hz: 200 and 250 MW/Hz; 90 MW make −0.2 Hz, 40 and 50 MW.
    const { df_hz, shares_mw } = droopShares([unit('A', 500, 0.05), unit('B', 500, 0.04)], 90, { f0_hz: 50 });
    expect(df_hz).toBeCloseTo(-0.2, 9);
    expect(shares_mw.map((mw) => Number(mw.toFixed(6)))).toEqual([40, 50]);
  });
  it('balances with limits, as a walk over the corners does', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.integer({ min: 50, max: 900 }),
            fc.integer({ min: 2, max: 9 }),
            fc.integer({ min: 5, max: 200 }),
          ),
          { minLength: 1, maxLength: 6 },
        ),
        fc.integer({ min: 1, max: 900 }),
        (rows, loss) => {
          const units = rows.map(([p, r, room], i) => unit(`G${i}`, p, r / 100, room));
          const result = droopShares(units, loss, { f0_hz: 50, damping_mw_per_hz: 20 });
          expect(result.shares_mw.reduce((a, b) => a + b, 0) + result.load_mw).toBeCloseTo(loss, 4);
          expect(result.df_hz).toBeCloseTo(byCorners(units, loss, 20), 6);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('settle where following frequency in time settles, deadbands and limits and all', () => {
    const units = [
      { name: 'A', p_rated_mw: 400, droop_pu: 0.05, headroom_mw: 200, footroom_mw: 200, deadband_hz: 0.036 },
      { name: 'B', p_rated_mw: 300, droop_pu: 0.04, headroom_mw: 12, footroom_mw: 200, deadband_hz: 0.02 },
    ];
    for (const loss_mw of [4, 60, -60]) {
      const { df_hz, shares_mw } = droopShares(units, loss_mw, { f0_hz: 60, damping_mw_per_hz: 150 });
      const followed = frequencyResponse({
        f0_hz: 60,
        base_mva: 1000,
        inertia_s: 4,
        damping_mw_per_hz: 150,
        loss_mw,
        governors: units.map((unit) => ({ ...unit, t_s: 2 })),
        duration_s: 120,
      });
      expect(followed.final_hz - 60).toBeCloseTo(df_hz, 5);
      expect(Math.abs(shares_mw[0] as number) < 1e-9).toBe(Math.abs(df_hz) <= 0.036);
    }
  });
});

/** Walks Δf down from corner to corner, each where a unit reaches its headroom, until the loss is covered. */
function byCorners(
  units: { p_rated_mw: number; droop_pu: number; headroom_mw: number }[],
  loss: number,
  damping: number,
): number {
  const rows = units
    .map((u) => ({ k: u.p_rated_mw / (u.droop_pu * 50), room: u.headroom_mw }))
    .sort((a, b) => a.room / a.k - b.room / b.k);
  let fixed = 0;
  for (let i = 0; i <= rows.length; i++) {
    const k = rows.slice(i).reduce((sum, row) => sum + row.k, 0) + damping;
    const df = (loss - fixed) / k;
    const next = rows[i];
    if (!next || df <= next.room / next.k) return -df;
    fixed += next.room;
  }
  return Number.NaN;
}

describe('area control error', () => {
  it('gives the NERC figure with its negative bias', () => {
    // Exports 50 MW above schedule at 59.97 Hz, B = −30 MW/0.1 Hz: 50 − 10·(−30)·(−0.03) = 41 MW.
    expect(
      aceNerc({
        ni_actual_mw: 550,
        ni_scheduled_mw: 500,
        bias_mw_per_0_1_hz: -30,
        f_actual_hz: 59.97,
        f_scheduled_hz: 60,
      }),
    ).toBeCloseTo(41, 9);
  });
  it('is the same error in both conventions where K = −10 B', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -500, max: 500, noNaN: true }),
        fc.double({ min: -0.2, max: 0.2, noNaN: true }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        (tie, df, b) => {
          const nerc = aceNerc({
            ni_actual_mw: tie,
            ni_scheduled_mw: 0,
            bias_mw_per_0_1_hz: -b,
            f_actual_hz: 50 + df,
            f_scheduled_hz: 50,
          });
          expect(nerc).toBeCloseTo(aceTieLine({ tie_deviation_mw: tie, k_mw_per_hz: 10 * b, df_hz: df }), 6);
        },
      ),
    );
  });
  it('refuses a bias of the wrong sign', () => {
    expect(() =>
      aceNerc({
        ni_actual_mw: 0,
        ni_scheduled_mw: 0,
        bias_mw_per_0_1_hz: 30,
        f_actual_hz: 50,
        f_scheduled_hz: 50,
      }),
    ).toThrow(/negative/);
  });
  it('hands on what a unit cannot give, and says what nobody can', () => {
    const unit = (name: string, p_max_mw: number, participation: number) => ({
      name,
      p_mw: 100,
      p_min_mw: 50,
      p_max_mw,
      ramp_mw_per_min: 10,
      participation,
    });
    expect(agcDispatch([unit('A', 105, 0.5), unit('B', 200, 0.5)], -20, 5)).toEqual({
      p_mw: [105, 115],
      uncorrected_mw: 0,
    });
    expect(agcDispatch([unit('A', 105, 0.5), unit('B', 108, 0.5)], -20, 5)).toEqual({
      p_mw: [105, 108],
      uncorrected_mw: 7,
    });
    expect(agcDispatch([unit('A', 200, 1)], 30, 5).p_mw).toEqual([70]);
  });
});
