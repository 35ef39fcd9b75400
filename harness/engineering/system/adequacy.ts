/** A unit that is either whole or out, or, with `states`, somewhere between. */
export interface AdequacyUnit {
  name: string;
  capacity_mw: number;
  /** Forced outage rate: probability of being out. */
  for: number;
  /** Derated states beside these two: capacity lost and probability. */
  derated?: readonly { lost_mw: number; probability: number }[];
}

/** Capacity outage probability table: states in rising order of capacity lost. */
export interface OutageTable {
  installed_mw: number;
  states: { lost_mw: number; probability: number /** Of losing this much or more. */; cumulative: number }[];
}

/** Systems in whole MW stay far below; thousandths of a MW multiply states without end. */
const MOST_STATES = 100_000;

/**
 * The table by convolution, unit by unit (Billinton and Allan): P(X) = Σ over the unit's states of p · P′(X − lost).
 * Capacities are kept to a thousandth of a MW, so that equal losses meet. States below `drop` are left out.
 * @throws RangeError for rates outside 0 to 1, or derated states that do not fit
 */
export function outageTable(
  units: readonly AdequacyUnit[],
  { drop = 1e-15 }: { drop?: number } = {},
): OutageTable {
  let table = new Map<number, number>([[0, 1]]);
  for (const unit of units) {
    const next = new Map<number, number>();
    for (const [lost, probability] of table) {
      for (const state of statesOf(unit)) {
        const key = lost + Math.round(state.lost_mw * 1000);
        const p = (next.get(key) ?? 0) + probability * state.probability;
        next.set(key, p);
      }
    }
    table = new Map([...next].filter(([, probability]) => probability > drop));
    if (table.size > MOST_STATES)
      throw new RangeError(
        `the outage table grows beyond ${MOST_STATES} states: round capacities to whole MW`,
      );
  }
  const rising = [...table].sort(([a], [b]) => a - b);
  let cumulative = 0;
  const states = rising
    .reverse()
    .map(([key, probability]) => {
      cumulative += probability;
      return { lost_mw: key / 1000, probability, cumulative };
    })
    .reverse();
  return { installed_mw: units.reduce((sum, { capacity_mw }) => sum + capacity_mw, 0), states };
}

function statesOf(unit: AdequacyUnit): { lost_mw: number; probability: number }[] {
  const { name, capacity_mw, for: rate, derated = [] } = unit;
  const partly = derated.reduce((sum, { probability }) => sum + probability, 0);
  if (!(capacity_mw > 0 && rate >= 0 && rate + partly <= 1))
    throw new RangeError(`${name}: capacity above 0, probabilities together at most 1`);
  if (
    derated.some(({ lost_mw, probability }) => !(lost_mw > 0 && lost_mw < capacity_mw && probability >= 0))
  ) {
    throw new RangeError(`${name}: a derated state loses more than 0 and less than all`);
  }
  return [
    { lost_mw: 0, probability: 1 - rate - partly },
    ...derated,
    { lost_mw: capacity_mw, probability: rate },
  ].filter(({ probability }) => probability > 0);
}

/** Probability that the capacity left is less than a load: of losing more than installed − load. */
export function lolp({ installed_mw, states }: OutageTable, load_mw: number): number {
  const spare = installed_mw - load_mw;
  return states.find(({ lost_mw }) => lost_mw > spare + 1e-6)?.cumulative ?? 0;
}

/** Power that is short on average at a load, MW: Σ p · (load − capacity left) where that is above 0. */
export function expectedShortage({ installed_mw, states }: OutageTable, load_mw: number): number {
  return states.reduce(
    (sum, { lost_mw, probability }) => sum + probability * Math.max(0, load_mw - (installed_mw - lost_mw)),
    0,
  );
}

export interface Adequacy {
  /** Expected number of periods in which load is not met: days for daily peaks, hours for hourly loads. */
  lole: number;
  /** Expected energy not served, MWh: Σ shortage · `period_h`. Meaningful for hourly loads. */
  eens_mwh: number;
  largest_unit_mw: number;
  installed_mw: number;
}

/** LOLE and EENS over a series of loads; `table` where the caller has the units' table already. */
export function adequacy(
  units: readonly AdequacyUnit[],
  loads_mw: readonly number[],
  { period_h = 1, table = outageTable(units) }: { period_h?: number; table?: OutageTable } = {},
): Adequacy {
  if (loads_mw.length === 0) throw new RangeError('adequacy needs a load');
  return {
    lole: loads_mw.reduce((sum, load) => sum + lolp(table, load), 0),
    eens_mwh: loads_mw.reduce((sum, load) => sum + expectedShortage(table, load), 0) * period_h,
    largest_unit_mw: Math.max(...units.map(({ capacity_mw }) => capacity_mw)),
    installed_mw: table.installed_mw,
  };
}

/**
 * Effective load-carrying capability of an addition: how much higher all loads may be, with it, at the LOLE that held without it.
 * LOLE never falls as load rises, so bisection finds it to 0.01 MW.
 */
export function loadCarryingCapability(
  units: readonly AdequacyUnit[],
  addition: AdequacyUnit,
  loads_mw: readonly number[],
): number {
  const target = adequacy(units, loads_mw).lole;
  const table = outageTable([...units, addition]);
  const lole = (more: number) => loads_mw.reduce((sum, load) => sum + lolp(table, load + more), 0);
  let [low, high] = [0, addition.capacity_mw];
  while (high - low > 0.01) {
    const middle = (low + high) / 2;
    if (lole(middle) <= target + 1e-12) low = middle;
    else high = middle;
  }
  return low;
}

/** Reserve that is missing for the loss of the largest infeed; 0 where it suffices. */
export function reserveShortfall(
  infeeds_mw: readonly number[],
  reserve_mw: number,
): { largest_mw: number; shortfall_mw: number } {
  const largest_mw = Math.max(...infeeds_mw);
  return { largest_mw, shortfall_mw: Math.max(0, largest_mw - reserve_mw) };
}
