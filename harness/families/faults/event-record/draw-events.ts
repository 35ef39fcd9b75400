import type { Random } from '../../../core/random.ts';
import { operationsOf, signalKey, signalsAfter } from '../../../engineering/faults/records/explain.ts';
import type { FaultScenario, Operation } from '../../../engineering/faults/records/operations.ts';
import {
  driveSignals,
  noiseSignals,
  type Signal,
  startSignals,
} from '../../../engineering/faults/records/signals.ts';
import {
  breakersOf,
  otherSide,
  type SubstationGrid,
} from '../../../engineering/faults/records/substation-grid.ts';
import type { EventRecordFacts, EventRecordParams } from './facts.ts';

type Drawn = Pick<EventRecordFacts, 'rows' | 'clocks'>;

/** What the control centre receives of a disturbance; undefined where it does not fit the wanted length. */
export function drawEvents(
  grid: SubstationGrid,
  faults: readonly FaultScenario[],
  params: EventRecordParams,
  random: Random,
): Drawn | undefined {
  const uniform = () => random.uniform();
  const operations = operationsOf(grid, faults, uniform);
  const essential = signalsAfter(grid, operations);
  const recorders = startsOf(grid, faults, operations, uniform);
  const lost = drawLost(essential, params.lost, random);
  const untrue = drawUntrue(grid, faults, essential, params.untrue, random);
  if (!lost || !untrue) return undefined;
  const kept = [...essential.filter((signal) => !lost.has(signal)), ...untrue];
  const bounced = params.lost + params.untrue > 0 ? bounces(kept, untrue, random) : [];
  const must = [...kept, ...bounced, ...recorders.filter(({ signal }) => signal === 'recorder-start')];
  const room = random.int(...params.events) - must.length;
  if (room < 0) return undefined;
  const layers = [
    recorders.filter(({ signal }) => signal !== 'recorder-start'),
    driveSignals(operations, uniform),
  ];
  const more: Signal[] = [];
  for (const layer of layers) if (more.length + layer.length <= room) more.push(...layer);
  const events = [...must, ...more, ...noiseSignals(grid, room - more.length, uniform)];
  const clocks = drawClocks(recorders, random);
  return clocks && { rows: rowsOf(grid, events, params.clock_ms, random), clocks };
}

/** Recorders and starting elements around every fault; one recorder starts once. */
function startsOf(
  grid: SubstationGrid,
  faults: readonly FaultScenario[],
  operations: readonly Operation[],
  uniform: () => number,
): Signal[] {
  const cleared = Math.max(
    0,
    ...operations.flatMap((o) => (o.kind === 'open' && o.cause !== 'switch-onto-fault' ? [o.t_ms] : [])),
  );
  const seen = new Set<string>();
  return faults
    .flatMap(({ zone }) => startSignals(grid, zone, cleared, uniform))
    .filter((signal) => {
      const known = seen.has(signalKey(signal));
      seen.add(signalKey(signal));
      return !known;
    });
}

/** Lost signals, none of which would be there a second time. */
function drawLost(essential: readonly Signal[], count: number, random: Random): Set<Signal> | undefined {
  const times = new Map<string, number>();
  for (const signal of essential) times.set(signalKey(signal), (times.get(signalKey(signal)) ?? 0) + 1);
  const single = essential.filter((signal) => times.get(signalKey(signal)) === 1);
  return single.length < count + 3 ? undefined : new Set(random.sample(single, count));
}

/** Untrue signals that look like those of a fault, half of them next to it. */
function drawUntrue(
  grid: SubstationGrid,
  faults: readonly FaultScenario[],
  essential: readonly Signal[],
  count: number,
  random: Random,
): Signal[] | undefined {
  const known = new Set(essential.map(signalKey));
  const near = faults.flatMap(({ zone }) =>
    breakersOf(grid, zone).flatMap((breaker) => breakersOf(grid, otherSide(breaker, zone))),
  );
  const drawn: Signal[] = [];
  for (let attempt = 0; drawn.length < count && attempt < 50; attempt++) {
    const breaker = random.pick(random.chance(0.5) ? near : grid.breakers);
    const zone = grid.zones.find(({ id }) => id === random.pick(breaker.between)) ?? grid.zones[0];
    if (!zone) return undefined;
    const kinds = [
      'breaker-open',
      'breaker-failure-trip',
      'main1-trip',
      ...(zone.kind === 'line' ? ['zone2-trip'] : []),
    ];
    const signal = random.pick(kinds) as Signal['signal'];
    const device = signal.startsWith('breaker') ? breaker.id : zone.id;
    const made: Signal = { t_ms: random.int(15, 700), station: breaker.station, device, signal };
    if (known.has(signalKey(made))) continue;
    known.add(signalKey(made));
    drawn.push(made);
  }
  return drawn.length === count ? drawn : undefined;
}

/** Contacts that bounce: true signals that come again within milliseconds. */
function bounces(kept: readonly Signal[], untrue: readonly Signal[], random: Random): Signal[] {
  const able = kept.filter((signal) => !untrue.includes(signal) && signal.signal.startsWith('breaker-'));
  return random
    .sample(able, Math.min(3, Math.ceil(able.length / 5)))
    .map((signal) => ({ ...signal, t_ms: signal.t_ms + random.int(3, 18) }));
}

/** Two stations whose recorders started at the fault. */
function drawClocks(recorders: readonly Signal[], random: Random): Drawn['clocks'] | undefined {
  const stations = recorders
    .filter(({ signal }) => signal === 'recorder-start')
    .map(({ station }) => station);
  const [ahead, than] = random.sample(stations, 2);
  return ahead && than ? { ahead, than } : undefined;
}

const DAY_MS = 86_400_000;

function rowsOf(
  grid: SubstationGrid,
  events: readonly Signal[],
  clock_ms: number,
  random: Random,
): Drawn['rows'] {
  const inception = random.int(2 * 3_600_000, 22 * 3_600_000);
  const offset = new Map(
    grid.stations.map((station) => [station, clock_ms > 0 ? random.int(-clock_ms, clock_ms) : 0]),
  );
  return events
    .map((event) => ({ ...event, t_ms: inception + event.t_ms + (offset.get(event.station) ?? 0) }))
    .sort((a, b) => a.t_ms - b.t_ms)
    .map(({ t_ms, station, device, signal }, i) => ({
      no: i + 1,
      time: clockTime(t_ms % DAY_MS),
      station,
      device,
      signal,
    }));
}

function clockTime(t_ms: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const milliseconds = String(t_ms % 1000).padStart(3, '0');
  return `${two(t_ms / 3_600_000)}:${two((t_ms / 60_000) % 60)}:${two((t_ms / 1000) % 60)}.${milliseconds}`;
}
