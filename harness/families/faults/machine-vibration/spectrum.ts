import type { Random } from '../../../core/random.ts';
import type { MachineVibrationFacts, Peak } from './facts.ts';
import {
  characteristicHz,
  faultsOf,
  LINE_HZ,
  type MachineFault,
  patternOf,
  shaft1Hz,
  shaft2Hz,
  type Train,
} from './train.ts';

type Line = Omit<Peak, 'name'>;
type Neighbour = Pick<MachineVibrationFacts, 'neighbour_rpm' | 'neighbour_new'>;

/** Lines nearer than this cannot be told apart by one who reads the table, Hz. */
const APART_HZ = 0.35;
/** Other hypotheses stay this far from the main line, as a share: more than elements slip. */
const APART = 0.025;

/** Main line of each fault, mm/s rms, from the mildest to the worst drawn: bearings speak low in velocity. */
const LOUDNESS: Readonly<Record<string, readonly [number, number]>> = {
  unbalance: [3.5, 7.5],
  misalignment: [2.8, 5.5],
  looseness: [2.4, 4],
  stator: [2.4, 4.6],
  rotor: [2, 3.6],
  outer: [1.1, 2.4],
  inner: [1, 2.2],
  element: [1, 2],
  impeller: [4.2, 7],
  gear: [2.4, 4.4],
};

/** The table of peaks by rising frequency, or undefined where two lines cannot be told apart. */
export function drawPeaks(
  train: Train,
  fault: MachineFault,
  neighbour: Neighbour,
  random: Random,
): Peak[] | undefined {
  const lines = background(train, fault, neighbour, random);
  const slip = random.range(0.003, 0.012, 0.001);
  const [low, high] = LOUDNESS[fault.split('_')[0] as string] as readonly [number, number];
  const main = random.range(low, high, 0.1);
  for (const { hz, share } of patternOf(train, fault, slip)) {
    const radial = round(main * share * random.range(0.94, 1.06, 0.01));
    const axial = round(radial * axialShare(fault, random));
    const there = lines.find((line) => Math.abs(line.hz - hz) < APART_HZ);
    if (there?.source === 'neighbour') return undefined;
    if (there && Math.abs(there.hz - tenth(hz)) > 0.05) return undefined;
    if (!there) lines.push({ hz: tenth(hz), radial, axial, before: null, source: 'fault' });
    // A line that was there before counts as changed once it has more than doubled.
    else
      Object.assign(there, {
        radial: Math.max(radial, round((there.before ?? 0) * 2.3)),
        axial,
        source: 'fault',
      });
  }
  const sorted = lines.sort((a, b) => a.hz - b.hz);
  const close = sorted.some((line, i) => i > 0 && line.hz - (sorted[i - 1] as Line).hz < APART_HZ);
  return close ? undefined : sorted.map((line, i) => ({ name: `P${i + 1}`, ...line }));
}

const axialShare = (fault: MachineFault, random: Random): number =>
  fault === 'misalignment' ? random.range(0.7, 1.1, 0.05) : random.range(0.15, 0.35, 0.05);

/** What a sound machine shows: its shafts, its field, its vanes or teeth (loud, and always were), and a machine beside it. */
function background(train: Train, fault: MachineFault, neighbour: Neighbour, random: Random): Line[] {
  const [f1, f2] = [shaft1Hz(train), shaft2Hz(train)];
  const quiet = fault.startsWith('gear') || fault === 'impeller';
  const working: [number, number, number] = quiet ? [0.6, 0.9, 0.05] : [1.2, 2.2, 0.1];
  const plan: [number, [number, number, number]][] = [
    [f1, [0.4, 0.8, 0.05]],
    [2 * f1, [0.15, 0.35, 0.05]],
    [2 * LINE_HZ, [0.2, 0.5, 0.05]],
    ...(train.kind === 'pump'
      ? ([[train.vanes * f1, working]] as [number, [number, number, number]][])
      : ([
          [f2, [0.3, 0.6, 0.05]],
          [train.pinion * f1, working],
        ] as [number, [number, number, number]][])),
  ];
  const lines = plan.map(([hz, range]): Line => {
    const before = random.range(...range);
    const radial = round(before * random.range(0.9, 1.12, 0.01));
    return {
      hz: tenth(hz),
      radial,
      axial: round(radial * random.range(0.2, 0.4, 0.05)),
      before,
      source: 'background',
    };
  });
  const loud = random.range(0.7, 1.9, 0.05);
  lines.push({
    hz: tenth(neighbour.neighbour_rpm / 60),
    radial: loud,
    axial: round(loud * 0.3),
    before: neighbour.neighbour_new ? null : round(loud * random.range(0.9, 1.1, 0.01)),
    source: 'neighbour',
  });
  return lines;
}

/** Whether the main line can be laid to no other fault and to no neighbour, by frequency alone or by its harmonics. */
export function isDistinct(
  train: Train,
  fault: MachineFault,
  neighbour_hz: number,
  peaks: readonly Peak[],
): boolean {
  const main = patternOf(train, fault, 0)[0]?.hz as number;
  const far = (hz: number, from: number) => Math.abs(hz / from - 1) > APART;
  const strikes = /^(outer|inner|element)/;
  const machine = [1, 2, 3, 4, 5]
    .map((k) => k * shaft1Hz(train))
    .concat(shaft2Hz(train), 2 * LINE_HZ, train.pinion * shaft1Hz(train), train.vanes * shaft1Hz(train));
  const others = faultsOf(train.kind)
    .filter((other) => other !== fault && strikes.test(other))
    .flatMap((other) => [1, 2, 3].map((k) => k * characteristicHz(train, other)));
  const clear = strikes.test(fault)
    ? [...others, ...machine.filter((hz) => hz > 0)].every((hz) => far(main, hz))
    : others.every((hz) => far(main, hz));
  const heard = peaks.filter(({ source }) => source !== 'neighbour').every(({ hz }) => far(hz, neighbour_hz));
  return clear && heard;
}

const tenth = (hz: number): number => Math.round(hz * 10) / 10;
const round = (value: number): number => Number(value.toFixed(2));
