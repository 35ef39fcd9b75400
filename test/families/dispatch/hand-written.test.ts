import { describe, expect, it } from 'vitest';
import { processIo } from '../../../harness/cli/io.ts';
import { registries } from '../../../harness/cli/registries.ts';
import { loadSuite } from '../../../harness/suite/load.ts';
import type { Case } from '../../../harness/suite/suite.ts';

const suite = await loadSuite('suites/dispatch', await registries([], processIo({ colour: false })));
const cases = new Map<string, Case>(
  suite.tasks.flatMap(({ id, problems }) =>
    problems.kind === 'cases' ? problems.cases.map((one) => [`${id}/${one.id}`, one] as const) : [],
  ),
);

type Vars = Record<string, number>;
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Every numeric key once more, from the figures that the question shows. */
const DERIVED: Readonly<Record<string, (v: never) => Record<string, number>>> = {
  'market-settlement/two-settlement-short': (v: Vars) => {
    const real_time = (v.rt_mw! - v.da_mw!) * v.rt_price!;
    return { real_time, total: v.da_mw! * v.da_price! + real_time };
  },
  'market-settlement/contract-day-ahead-real-time': (v: Vars) => {
    const contract = v.contract_mw! * (v.contract_price! - v.da_price!);
    const real_time = (v.rt_mw! - v.da_mw!) * v.rt_price!;
    return { contract, real_time, total: contract + v.da_mw! * v.da_price! + real_time };
  },
  'market-settlement/make-whole-payment': (v: Vars) => {
    const cost = v.start_up! + v.hours! * (v.no_load! + v.p_mw! * v.offer!);
    const margin = v.hours! * v.p_mw! * v.price! - cost;
    return { margin, uplift: Math.max(0, -margin) };
  },
  'market-settlement/transmission-right': (v: Vars) => {
    const payoff = v.ftr_mw! * (v.price_b! - v.price_a!);
    const contract = v.load_mw! * (v.contract_price! - v.price_a!);
    return { payoff, cost: v.load_mw! * v.price_b! + contract - payoff };
  },
  'market-settlement/imbalance-quarter-hour': (v: Vars) => {
    const imbalance = (v.actual_mw! - v.schedule_mw!) / 4;
    return { imbalance, amount: imbalance * v.price! };
  },
  'market-settlement/reserve-opportunity-cost': (v: Vars) => {
    const price = v.energy_price! - v.cost!;
    return { price, profit: (v.capacity_mw! - v.reserve_mw!) * price + v.reserve_mw! * price };
  },
  'market-settlement/negative-price-with-premium': (v: Vars) => ({
    gain: v.p_mw! * (v.price! + v.premium! - v.marginal!),
    stop_price: v.marginal! - v.premium!,
  }),
  'frequency-duty/primary-response-of-a-unit': (v: Vars) => {
    const at = (f: number) => {
      const beyond = Math.max(0, 50 - f - v.deadband_hz!);
      return Math.min(
        (beyond / ((v.droop_pct! / 100) * 50)) * v.rated_mw!,
        (v.limit_pct! / 100) * v.rated_mw!,
      );
    };
    return { first: at(v.f1_hz!), second: at(v.f2_hz!) };
  },
  'frequency-duty/containment-share': (v: Vars) => ({
    share: (v.total_mw! * v.own_twh!) / v.all_twh!,
    delivered: (v.bid_mw! * (50 - v.f_hz!)) / 0.2,
  }),
  'frequency-duty/shedding-stages': (v: Vars) => {
    const stages = [49, 48.8, 48.6, 48.4].filter((f) => v.f_min_hz! <= f).length;
    const shed = (stages * v.stage_pct! * v.load_mw!) / 100;
    return { stages, shed, left: v.load_mw! - shed };
  },
  'frequency-duty/time-error': (v: Vars) => {
    const error = (v.hours! * 3600 * (v.f_mean_hz! - v.f_nominal_hz!)) / v.f_nominal_hz!;
    return { error, correction: (-error * v.f_nominal_hz!) / (0.02 * 3600) };
  },
  'frequency-duty/contingency-reserve-in-time': (v: {
    ramps: [number, number][];
    minutes: number;
    loss_mw: number;
  }) => {
    const delivered = sum(v.ramps.map(([room, ramp]) => Math.min(room, ramp * v.minutes)));
    return { delivered, shortfall: Math.max(0, v.loss_mw - delivered) };
  },
  'frequency-duty/agc-follows-its-instruction': (v: Vars) => {
    const k = 2 * v.k1! * v.k2! * v.k3!;
    const unit = v.depth_mw! * v.price!;
    return { k, pay: unit * k, gain: unit * (2 * v.k1! * v.k3! - k) };
  },
  'limits-in-operation/two-unequal-lines': (v: Vars) => {
    const [y1, y2] = [1 / v.x1!, 1 / v.x2!];
    const secure = Math.min(v.limit1_mw!, v.limit2_mw!);
    const both = Math.min((v.limit1_mw! * (y1 + y2)) / y1, (v.limit2_mw! * (y1 + y2)) / y2);
    return { both, secure, with_runback: Math.min(both, secure + v.runback_mw!) };
  },
  'limits-in-operation/time-to-the-thermal-limit': (v: Vars) => ({
    minutes: v.tau_min! * Math.log((v.final_c! - v.now_c!) / (v.final_c! - v.limit_c!)),
    share: 100 * Math.sqrt((v.limit_c! - 25) / (v.final_c! - 25)),
  }),
  'limits-in-operation/section-limit': (v: Vars) => {
    const limit = Math.min(v.stability_mw! * (1 - v.margin_pct! / 100), v.thermal_mw!);
    const excess = v.flow_mw! - limit;
    return { limit, excess, down: excess / v.sensitivity! };
  },
  'limits-in-operation/capacitor-step': (v: Vars) => {
    const rise = (220 * v.step_mvar!) / v.short_circuit_mva!;
    return { rise, steps: Math.ceil((v.wanted_kv! - v.u_kv!) / rise) };
  },
  'limits-in-operation/closing-angle': (v: Vars) => {
    const flow = (v.flow_mw! * v.limit_deg!) / v.angle_deg!;
    return { flow, shift: v.flow_mw! - flow };
  },
  'limits-in-operation/closing-angle-small': (v: Vars) => ({
    flow: (v.flow_mw! * v.limit_deg!) / v.angle_deg!,
  }),
  'limits-in-operation/island-balance': (v: Vars) => ({
    settled: 50 * (1 - v.import_mw! / v.load_mw! / v.k_load!),
    stages: Math.ceil(v.import_mw! / ((v.stage_pct! / 100) * v.load_mw!)),
  }),
  'curtailment-and-balance/valley-of-the-night': (v: Vars) => {
    const room = v.load_mw! + v.export_mw! + v.pumped_mw! - v.chp_mw! - v.thermal_min_mw! - v.nuclear_mw!;
    const taken = Math.min(v.wind_mw!, room);
    return { taken, curtailed: v.wind_mw! - taken, saved: Math.min(v.wind_mw! - taken, 150 + 100) };
  },
  'curtailment-and-balance/curtailment-rate': (v: Vars) => {
    const all = v.made_gwh! + v.curtailed_gwh!;
    const rate = (100 * v.curtailed_gwh!) / all;
    return { rate, utilisation: 100 - rate, less: v.curtailed_gwh! - (v.limit_pct! / 100) * all };
  },
  'curtailment-and-balance/deep-peak-regulation': (v: Vars) => {
    const [base, second] = [(v.base_pct! / 100) * v.rated_mw!, 0.4 * v.rated_mw!];
    const tier1 = (base - Math.max(second, v.out_mw!)) * v.hours!;
    const tier2 = Math.max(0, second - v.out_mw!) * v.hours!;
    return { tier1, tier2, pay: tier1 * v.price1! + tier2 * v.price2! };
  },
  'curtailment-and-balance/ramp-of-the-net-load': (
    v: { ramps: [number, number][] } & Record<string, never>,
  ) => {
    const figures = v as unknown as Vars;
    const ramp = (figures.net_evening_mw! - figures.net_noon_mw!) / (60 * figures.hours!);
    const capability = sum(v.ramps.map(([count, twentieths]) => (count * twentieths) / 20));
    return { ramp, capability, share: (100 * ramp) / capability };
  },
  'curtailment-and-balance/heat-sets-the-power': (v: Vars) => {
    const high = v.p_max_mw! - v.cv! * v.heat_mw!;
    const low = Math.max(v.p_min_mw! - v.cv! * v.heat_mw!, v.cm! * v.heat_mw!);
    return { low, high, lost: v.p_max_mw! - v.p_min_mw! - (high - low) };
  },
  'emergencies/capacity-emergency-levels': (v: Vars) => {
    const short = v.load_mw! + v.reserve_mw! - v.resources_mw! - v.imports_mw!;
    return { short, shed: Math.max(0, short - v.dr_mw!) };
  },
  'emergencies/synchronising-an-island': (v: Vars) => {
    const slip = v.f_island_hz! - v.f_grid_hz!;
    return { period: 1 / slip, lead: (360 * slip * v.breaker_ms!) / 1000 };
  },
  'emergencies/cold-load-pick-up': (v: Vars) => {
    const cold = v.before_mw! * v.factor!;
    return {
      parts: Math.ceil(cold / ((v.limit_pct! / 100) * v.online_mw!)),
      needed: (100 * cold) / v.limit_pct!,
    };
  },
};

describe('hand-written dispatch cases', () => {
  it('are forty at least', () => expect(cases.size).toBeGreaterThanOrEqual(40));

  it.each(Object.keys(DERIVED))('%s: its key follows from the figures of the question', (id) => {
    const one = cases.get(id)!;
    const derived = DERIVED[id]!(one.vars as never);
    for (const [name, value] of Object.entries(derived)) {
      const target = one.targets[name] as number;
      expect([name, Math.abs(target - value) <= 1e-3 * Math.max(1e-3, Math.abs(value))]).toEqual([
        name,
        true,
      ]);
    }
    const numeric = Object.entries(one.targets).filter(([, target]) => typeof target === 'number');
    expect(Object.keys(derived).sort()).toEqual(numeric.map(([name]) => name).sort());
  });

  it('are derived here wherever their key is a number and their figures stand in the file', () => {
    const owed = [...cases].filter(
      ([, { vars, targets }]) =>
        Object.keys(vars).length > 0 && Object.values(targets).some((target) => typeof target === 'number'),
    );
    // Other tasks have tests of their own.
    const tasks = new Set(Object.keys(DERIVED).map((id) => id.split('/')[0]));
    const missing = owed.map(([id]) => id).filter((id) => !(id in DERIVED) && tasks.has(id.split('/')[0]));
    expect(missing).toEqual([]);
  });
});
