import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Lang } from '../../../harness/core/lang.ts';

interface Case {
  id: string;
  prompt: Record<Lang, string>;
  vars?: Record<string, number>;
  target: Record<string, unknown>;
}
interface Task {
  id: string;
  source?: Record<Lang, string>;
  prompt?: Record<Lang, string>;
  cases?: Case[];
}

const folder = new URL('../../../suites/faults/tasks/', import.meta.url);
const tasks = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => parse(readFileSync(new URL(name, folder), 'utf8'), { merge: true }) as Task);
const cases = tasks.filter(({ id }) => id.startsWith('equipment-')).flatMap((task) => task.cases ?? []);

const rad = (deg: number) => (deg * Math.PI) / 180;
const deg = (angle: number) => ((((angle * 180) / Math.PI) % 360) + 360) % 360;
type Vars = (name: string) => number;

/** Every numeric key from the vars that its prompt shows, by another way than the comment beside the key where there is one. */
const DERIVE: Readonly<Record<string, (v: Vars) => Record<string, number>>> = {
  'power-cut-test': (v) => ({ beat: v('poles') * (v('line_hz') * (2 / v('poles')) - v('speed_rpm') / 60) }),
  'balance-in-place': (v) => {
    // Two real equations in x = m·cos, y = m·sin: V0 + α·(x + iy) = 0 with α from the trial run, by Cramer's rule.
    const at = (mm_s: number, phase: number) =>
      [mm_s * Math.cos(rad(phase)), mm_s * Math.sin(rad(phase))] as const;
    const [ax, ay] = at(v('v0_mm_s'), v('v0_deg'));
    const [bx, by] = at(v('v1_mm_s'), v('v1_deg'));
    const [tx, ty] = at(1, -v('trial_deg'));
    const [dx, dy] = [(bx - ax) / v('trial_g'), (by - ay) / v('trial_g')];
    const [re, im] = [dx * tx - dy * ty, dx * ty + dy * tx];
    const det = re * re + im * im;
    const [x, y] = [(-ax * re - ay * im) / det, (-ay * re + ax * im) / det];
    return { mass: Math.hypot(x, y), angle: deg(Math.atan2(y, x)) };
  },
  'zone-and-alarm': (v) => ({
    alarm: v('baseline_mm_s') + v('bc_mm_s') / 4,
    trip: v('cd_mm_s') + v('cd_mm_s') / 4,
  }),
  'bars-in-the-current': (v) => {
    // The rotor turns below the field by the slip; its broken bar is seen from the stator twice that far off.
    const behind = v('line_hz') - (v('speed_rpm') / 60) * (v('poles') / 2);
    return {
      lower: v('line_hz') - 2 * behind,
      upper: v('line_hz') + 2 * behind,
      share: 100 * Math.exp((-v('sideband_db') / 20) * Math.LN10),
    };
  },
  'two-availabilities': (v) => {
    const missed = v('fault_h') * v('fault_mw') + v('service_h') * v('service_mw');
    return {
      time_based: 100 - (100 * (v('fault_h') + v('service_h'))) / v('hours'),
      production_based: 100 / (1 + missed / v('produced_mwh')),
    };
  },
  'too-good-to-be-true': (v) => {
    const area = (Math.PI * v('rotor_m') ** 2) / 4;
    const cubic = (2000 * v('power_kw')) / (v('density') * area);
    expect(cubic / v('wind_ms') ** 3).toBeGreaterThan(16 / 27);
    return { cp: cubic / v('wind_ms') ** 3, wind: Math.exp(Math.log(cubic / v('cp_max')) / 3) };
  },
  'ice-path-inside': (v) => {
    expect(v('path_m')).toBeLessThan(1.5 * (v('rotor_m') + v('hub_m')));
    return { reach: 1.5 * v('rotor_m') + 1.5 * v('hub_m') };
  },
  'ice-gone': (v) => ({ reach: 1.5 * v('rotor_m') + 1.5 * v('hub_m') }),
  'performance-ratio': (v) => {
    const hours = v('energy_mwh') / v('p_mwp');
    const warm = v('insolation_kwh_m2') * (1 + (v('gamma_pct') / 100) * (v('module_c') - 25));
    return { pr: (100 * hours) / v('insolation_kwh_m2'), pr_25: (100 * hours) / warm };
  },
  'earth-fault-in-a-string': (v) => {
    const module = (v('plus_v') - v('minus_v')) / v('modules');
    return { position: v('plus_v') / module, module };
  },
  'drifting-charge': (v) => {
    let missing = 0;
    for (let hour = 0; hour < 24 * v('days'); hour++) missing += v('offset_a');
    return { missing, soc: v('shown_pct') - (100 * missing) / v('capacity_ah') };
  },
  'how-long-to-balance': (v) => {
    const heat = (v('capacity_ah') * v('spread_pct') * v('cell_v')) / 100;
    const watts = (v('cell_v') ** 2 / v('resistor_ohm')) * (v('duty_pct') / 100);
    return { hours: heat / watts, heat };
  },
  'who-limits-charging': (v) => {
    const reading = v('ocv_b_v') + (v('current_a') * v('r_b_mohm')) / 1000;
    const room = (ocv: number, r: number) => (1000 * (v('limit_v') - ocv)) / r;
    const current = Math.min(room(v('ocv_a_v'), v('r_a_mohm')), room(v('ocv_b_v'), v('r_b_mohm')));
    expect(reading).toBeGreaterThan(v('ocv_a_v') + (v('current_a') * v('r_a_mohm')) / 1000);
    return { reading, current, heat: current * (v('limit_v') - v('ocv_b_v')) };
  },
  'pump-that-stops': (v) => {
    const heat_w = (v('current_a') ** 2 * v('resistance_mohm')) / 1000;
    const before = v('ambient_c') + heat_w * v('cooled_k_w');
    // Step by step instead of the exponential.
    let [temp, seconds] = [before, 0];
    while (temp < v('limit_c')) {
      temp += (heat_w - (temp - v('ambient_c')) / v('still_k_w')) / (1000 * v('heat_kj_k'));
      seconds++;
    }
    const most_w = (v('limit_c') - v('ambient_c')) / v('still_k_w');
    return { before, minutes: seconds / 60, current: Math.sqrt((1000 * most_w) / v('resistance_mohm')) };
  },
  'murray-loop': (v) => {
    // Balance: the arms are as the two ways round the loop.
    const total = v('arm_faulty') + v('arm_sound');
    const distance = (v('arm_faulty') / total) * 2 * v('length_m');
    return { distance, parts: (total * (v('length_m') - distance)) / (2 * v('length_m')) };
  },
  'echoes-of-a-pulse': (v) => ({
    distance: v('speed_m_us') * v('first_us') * 0.5,
    length: v('speed_m_us') * v('last_us') * 0.5,
  }),
  'unequal-ways': (v) => {
    const shift_ms = (v('to_ms') - v('from_ms')) / 2;
    const turn = (ms: number) => 2 * Math.PI * v('frequency_hz') * (ms / 1000);
    // The sum of a current and its opposite turned by the error, as phasors.
    const seen = (ms: number) => v('through_a') * Math.hypot(1 - Math.cos(turn(ms)), Math.sin(turn(ms)));
    let [low, high] = [0, 10];
    for (let i = 0; i < 60; i++) {
      const middle = (low + high) / 2;
      if (seen(middle / 2) > v('setting_a')) high = middle;
      else low = middle;
    }
    return { angle: deg(turn(shift_ms)), current: seen(shift_ms), tolerable: low };
  },
  'clock-that-runs-away': (v) => {
    const perSecond = 360 * v('frequency_hz') * v('drift_us_per_s') * 1e-6;
    let seconds = 0;
    while (2 * Math.sin(rad((seconds * perSecond) / 2)) < v('error_pct') / 100) seconds += 0.001;
    // What the drift does to a frequency, mHz: less than a millihertz, so frequency stays fit.
    expect(v('frequency_hz') * v('drift_us_per_s') * 1e-3).toBeLessThan(0.5);
    return { minutes: v('limit_deg') / perSecond / 60, seconds };
  },
  'transfer-trip-budget': (v) => {
    const fixed = ['relay_ms', 'interface_ms', 'receiver_ms', 'security_ms', 'lockout_ms', 'breaker_ms'];
    const rest = fixed.map(v).reduce((sum, ms) => sum + ms, 0);
    const route = (km: number, nodes: number) => rest + (km * v('us_per_km')) / 1000 + nodes * v('node_ms');
    const detour = route(v('detour_km'), v('detour_nodes'));
    return {
      normal: route(v('fibre_km'), v('nodes')),
      detour,
      security: v('limit_ms') - (detour - v('security_ms')),
    };
  },
  'samples-that-are-missing': (v) => {
    const rate = v('per_cycle') * v('frequency_hz');
    let [count, missing] = [v('last_seen'), -1];
    while (count !== v('first_again')) {
      count = (count + 1) % rate;
      missing++;
    }
    expect(missing).toBeGreaterThan(v('most_lost'));
    return {
      missing,
      gap: (1000 * (missing + 1)) / rate,
      rate: (v('streams') * rate * v('frame_bytes') * 8) / 1e6,
    };
  },
  // Its table stands in the prompt: 41.0 at 1.5 U0 less 3.0 at 0.5 U0.
  'three-dissipation-factors': () => ({ rise: 41 - 3 }),
};

describe('hand-written cases of equipment', () => {
  it('have numeric keys that follow from the numbers their prompts show', () => {
    for (const { id, vars = {}, target } of cases) {
      const numbers = Object.entries(target).filter(([, value]) => typeof value === 'number');
      if (numbers.length === 0) continue;
      const derive = DERIVE[id];
      expect(derive, `${id} has numeric keys that nothing derives`).toBeDefined();
      const derived = derive?.((name) => {
        const value = vars[name];
        if (value === undefined) throw new Error(`${id} shows no ${name}`);
        return value;
      });
      for (const [field, value] of numbers)
        expect(
          Math.abs((derived?.[field] ?? Number.NaN) / (value as number) - 1),
          `${id}.${field}`,
        ).toBeLessThan(2e-4);
    }
  });

  it('show every number they reckon with, in both languages', () => {
    for (const { id, vars = {}, prompt } of cases)
      for (const name of Object.keys(vars))
        for (const lang of ['en', 'zh'] as const)
          expect(prompt[lang], `${id}/${lang}`).toMatch(new RegExp(`{{ ${name}( |\\|)`));
  });
});

describe('hand-written cases of the suite', () => {
  it('are 34 or more, in both languages, each of a task that names its sources', () => {
    const written = tasks.filter((task) => task.cases);
    const all = written.flatMap((task) => (task.cases ?? []).map((item) => ({ task, item })));
    expect(all.length).toBeGreaterThanOrEqual(34);
    for (const { task, item } of all)
      for (const lang of ['en', 'zh'] as const) {
        expect((item.prompt ?? task.prompt)?.[lang], `${item.id}/${lang}`).toMatch(/\S/);
        expect(task.source?.[lang], `${task.id}/${lang}`).toMatch(/\S/);
      }
  });
});
