import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import type { MachineVibrationFacts } from '../../../harness/families/faults/machine-vibration/facts.ts';
import { machineVibrationFamily as family } from '../../../harness/families/faults/machine-vibration/family.ts';
import { faultsOf } from '../../../harness/families/faults/machine-vibration/train.ts';

type Shown = Omit<MachineVibrationFacts, 'fault' | 'peaks'> & {
  peaks: Omit<MachineVibrationFacts['peaks'][number], 'source'>[];
};
const draws = (['pump', 'gearbox'] as const).flatMap((train) =>
  Array.from({ length: 200 }, (_, seed) => family.draw({ train }, createRandom(`${train} ${seed}`))),
);
const shown = (facts: MachineVibrationFacts) => family.vars?.(facts, 'en') as unknown as Shown;

/** Defect orders by counting turns of the cage, apart from the closed forms of the engineering code. */
function orders({ elements, element_mm, pitch_mm, contact_deg }: Shown['train']['bearing_a']) {
  const lever = element_mm * Math.cos((contact_deg / 180) * Math.PI);
  const cage = (pitch_mm - lever) / (2 * pitch_mm);
  return {
    outer: elements * cage,
    inner: elements * (1 - cage),
    element: (2 * (cage * (pitch_mm + lever))) / element_mm,
    cage,
  };
}

/** A diagnosis as on paper: what is new and not the neighbour's, then which story explains all of it and misses nothing. */
function diagnose({ train, neighbour_rpm, peaks }: Shown) {
  const news = peaks.filter(
    ({ hz, radial, before }) =>
      (before === null || radial > 2 * before) && Math.abs(hz - neighbour_rpm / 60) > 0.2,
  );
  const f1 = train.speed_rpm / 60;
  const f2 = train.kind === 'pump' ? f1 : (f1 * train.pinion) / train.wheel;
  const pole = 100 - train.poles * f1;
  const a = orders(train.bearing_a);
  const b = orders(train.bearing_b);
  const mesh = train.pinion * f1;
  const stories: Record<string, { main: number; lines: number[]; slips?: boolean }> = {
    unbalance_1: { main: f1, lines: [f1] },
    misalignment: { main: 2 * f1, lines: [f1, 2 * f1, 3 * f1] },
    looseness: { main: f1, lines: [0.5, 1, 2, 3, 4, 5].map((k) => k * f1) },
    stator: { main: 100, lines: [100] },
    rotor_bars: { main: pole, lines: [f1, f1 - pole, f1 + pole] },
    ...(train.kind === 'pump'
      ? { impeller: { main: train.vanes * f1, lines: [train.vanes * f1, 2 * train.vanes * f1] } }
      : {
          unbalance_2: { main: f2, lines: [f2] },
          gear_pinion: { main: mesh, lines: [mesh, mesh - f1, mesh + f1, mesh - 2 * f1] },
          gear_wheel: { main: mesh, lines: [mesh, mesh - f2, mesh + f2, mesh - 2 * f2] },
        }),
  };
  for (const [end, own, of] of [
    ['a', f1, a],
    ['b', f2, b],
  ] as const) {
    const [outer, inner, element] = [of.outer * own, of.inner * own, of.element * own];
    stories[`outer_${end}`] = { main: outer, lines: [outer, 2 * outer, 3 * outer], slips: true };
    stories[`inner_${end}`] = {
      main: inner,
      lines: [inner, inner - own, inner + own, 2 * inner],
      slips: true,
    };
    stories[`element_${end}`] = {
      main: element,
      lines: [element, element - of.cage * own, element + of.cage * own],
      slips: true,
    };
  }
  const fits = Object.entries(stories).filter(([, { lines, slips }]) => {
    if (lines.length !== news.length) return false;
    const near = (hz: number, line: number) =>
      slips ? hz <= line * 1.001 + 0.06 && hz >= line * 0.984 - 0.06 : Math.abs(hz - line) <= 0.06;
    return lines.every((line) => news.some(({ hz }) => near(hz, line)));
  });
  return { fits: fits.map(([id]) => id), stories, news: news.map(({ name }) => name) };
}

describe('machine-vibration', () => {
  it('has one fault that explains everything new in the table, and it is the one injected', () => {
    for (const facts of draws) {
      const { fits, stories, news } = diagnose(shown(facts));
      const answer = family.solve(facts);
      expect(fits, JSON.stringify(facts)).toEqual([answer.fault]);
      expect(news.sort()).toEqual([...answer.peaks].sort());
      expect(answer.frequency / (stories[answer.fault]?.main ?? 0)).toBeCloseTo(1, 4);
    }
  });

  it('gives the overall value as the root of the summed squares', () => {
    for (const facts of draws.slice(0, 40)) {
      let energy = 0;
      for (const { radial } of facts.peaks) energy += radial ** 2;
      expect(family.solve(facts).overall ** 2).toBeCloseTo(energy, 2);
    }
  });

  it.each([
    ['pump', 'machine-vibration'],
    ['gearbox', 'machine-vibration-geared'],
  ] as const)('shows every fault of a %s in the public seeds', (train, task) => {
    const faults = Array.from(
      { length: 16 },
      (_, i) => family.draw({ train }, createRandom(`faults/${task}/${i + 1}`)).fault,
    );
    expect(new Set(faults)).toEqual(new Set(faultsOf(train)));
  });

  it('speaks of a second shaft only behind a gearbox', () => {
    for (const facts of draws.slice(190, 210))
      expect(family.work?.(facts, family.solve(facts), 'en').includes('shaft 2 at')).toBe(
        facts.train.kind === 'gearbox',
      );
  });

  it('draws every fault, and loud lines that are innocent', () => {
    const seen = new Set(draws.map(({ fault }) => fault));
    expect(seen.size).toBe(15);
    const tricky = draws.filter(({ peaks }) =>
      peaks.some(({ source, radial }) => source !== 'fault' && radial > 1.2),
    );
    expect(tricky.length).toBeGreaterThan(draws.length / 3);
  });

  it('does not tell the prompt what was injected', () => {
    for (const facts of draws.slice(0, 5)) {
      expect(JSON.stringify(shown(facts))).not.toContain('source');
      expect(Object.keys(shown(facts))).not.toContain('fault');
    }
  });
});
