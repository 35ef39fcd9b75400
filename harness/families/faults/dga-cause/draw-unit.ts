import type { Random } from '../../../core/random.ts';
import {
  GASSING_CAUSES,
  type GasSet,
  type GassingCause,
  HISTORY_GASES,
  type Interval,
  MECHANISMS,
} from '../../../engineering/faults/dga/gassing-causes.ts';
import { simulateHistory } from '../../../engineering/faults/dga/gassing-history.ts';
import type { GasUnit } from './facts.ts';

/** What a cause makes over the whole history in its largest gas but CO and CO2, µL/L. */
const TOTALS: Readonly<Record<GassingCause, readonly [number, number]>> = {
  core: [40, 200],
  contact: [40, 200],
  winding: [20, 80],
  ageing: [8, 20],
  discharge: [40, 250],
  arcing: [20, 120],
  'tap-leak': [12, 70],
  stray: [40, 160],
};

/** So many histories show little of their cause, by such a share of what it makes elsewhere: then nobody can be sure, and doubt is worth something. */
const FAINT = { chance: 0.4, least: 0.06, most: 0.3 } as const;

/** Ratings that go with a voltage, MVA and kV. */
const RATINGS = [
  [40, 110],
  [63, 110],
  [90, 220],
  [120, 220],
  [180, 220],
  [240, 220],
  [240, 330],
  [360, 330],
] as const;

const INTERVALS = 7;

/** One transformer and its oil. Age, water and furfural lean towards some causes, as in life, and are never proof. */
export function drawUnit(name: string, cause: GassingCause, random: Random): GasUnit {
  const intervals = drawIntervals(random);
  // Oil that was filled or changed not long ago is what stray gassing needs, and others may have it too.
  const fresh = cause === 'stray' || (!['ageing', 'winding'].includes(cause) && random.chance(0.2));
  const oil_days = fresh ? random.int(40, 250) : random.int(1500, 7000);
  const years = Math.max(
    Math.ceil(oil_days / 365),
    cause === 'ageing' ? random.int(22, 40) : random.int(2, 34),
  );
  const [rating_mva, un_kv] = random.pick(RATINGS);
  const [least, most] = TOTALS[cause];
  const share = random.chance(FAINT.chance)
    ? FAINT.least * (FAINT.most / FAINT.least) ** random.uniform()
    : 1;
  const plan = {
    cause,
    intervals,
    oil_days,
    first: drawFirst(fresh, cause, random),
    total: share * least * (most / least) ** random.uniform(),
    ...(cause === 'arcing'
      ? { strikes: random.sample([0, 1, 2, 3, 4, 5, 6].slice(0, INTERVALS), random.int(1, 2)) }
      : {}),
  };
  const days = [0];
  for (const interval of intervals) days.push((days.at(-1) as number) + interval.days);
  return {
    name,
    rating_mva,
    un_kv,
    years,
    oil_days,
    ...drawOilTests(cause, years, fresh, random),
    days,
    samples: simulateHistory(plan, random.fork('gases').uniform),
    intervals,
    cause,
  };
}

/**
 * Load, temperature and tap operations that go their own ways: one interval at voltage without load, one with a long
 * outage, seasons apart from load, tap operations apart from both. Without that nothing could be told from rates.
 */
function drawIntervals(random: Random): Interval[] {
  const [idle, off] = random.sample([0, 1, 2, 3, 4, 5, 6].slice(0, INTERVALS), 2);
  const phase = random.uniform();
  let day = 0;
  return Array.from({ length: INTERVALS }, (_, k) => {
    const days = random.int(45, 80);
    const ambient = 16 + 12 * Math.sin(2 * Math.PI * (phase + (day + days / 2) / 365));
    day += days;
    const load = k === idle ? 0.02 : random.range(0.22, 0.95, 0.01);
    const energised_days = k === off ? random.int(4, Math.floor(days / 3)) : days;
    const top_oil_c = Math.round(ambient + 14 + 38 * load ** 1.4 + random.range(-2, 2, 1));
    const tap_operations = Math.round(10 ** random.range(1.6, 2.9, 0.01) * (energised_days / days));
    return { days, energised_days, load, top_oil_c, tap_operations };
  });
}

/** Contents at the first sample: what sound oil has, and often the remains of something that was repaired since. */
function drawFirst(fresh: boolean, cause: GassingCause, random: Random): GasSet {
  const age = fresh ? 0.15 : 1;
  const between = (lo: number, hi: number) => (lo + (hi - lo) * random.uniform()) * age;
  const first: GasSet = {
    H2: between(6, 30),
    CH4: between(5, 25),
    C2H6: between(5, 35),
    C2H4: between(3, 25),
    C2H2: random.chance(0.6) ? 0 : between(0.1, 0.5),
    CO: between(150, 550),
    CO2: between(1200, 4500),
  };
  if (fresh || !random.chance(0.7)) return first;
  const old = random.pick(
    GASSING_CAUSES.filter(
      (other) => other !== cause && other !== 'ageing' && other !== 'winding' && other !== 'stray',
    ),
  );
  const size = random.range(0.5, 2.5, 0.1);
  for (const gas of HISTORY_GASES) first[gas] += MECHANISMS[old].signature[gas] * size;
  return first;
}

function drawOilTests(
  cause: GassingCause,
  years: number,
  fresh: boolean,
  random: Random,
): Pick<GasUnit, 'water_ppm' | 'furfural_mg_kg'> {
  const wet = random.chance(cause === 'discharge' ? 0.6 : 0.12);
  const water_ppm = wet ? random.int(24, 42) : random.int(5, 20);
  const furfural =
    cause === 'ageing'
      ? random.range(1.2, 5, 0.1)
      : cause === 'winding'
        ? random.range(0.3, 2.5, 0.05)
        : years > 20 && !fresh
          ? random.range(0.2, 1.8, 0.05)
          : random.range(0.01, 0.2, 0.01);
  return { water_ppm, furfural_mg_kg: furfural };
}
