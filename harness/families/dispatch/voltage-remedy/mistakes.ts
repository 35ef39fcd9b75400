import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { replyWith } from '../../wording.ts';
import { devicesOf, shown } from './devices.ts';
import type { VoltageRemedyFacts } from './facts.ts';
import { PROSE, tidied, type VoltageRemedyAnswer } from './family.ts';
import { excess, simulate } from './simulate.ts';

/** Weights of the checks: worst bus 1, its voltage 3, losses 2, remedy 4: 10 in all. */
export function voltageRemedyMistakes(
  facts: VoltageRemedyFacts,
  right: VoltageRemedyAnswer,
  lang: Lang,
): Mistake[] {
  const tidy = tidied(right);
  const say = (changes: Record<string, unknown>) => replyWith(PROSE[lang], { ...tidy, ...changes });
  const devices = devicesOf(facts);
  const { transformer, band } = facts;
  const settings = (of: (i: number) => number) =>
    Object.fromEntries(devices.map((device, i) => [device.name, shown(device, of(i))]));
  const low = right.worst_voltage < band.low;
  const far = devices.map(({ kind, lowest, highest }) => (low !== (kind === 'tap') ? highest : lowest));
  const away = devices.map(({ kind, lowest, highest }) => (low !== (kind === 'tap') ? lowest : highest));
  const tapped = right.remedy[transformer.name] as number;
  const mirrored = 2 * transformer.position - tapped;
  const next = facts.buses.find(({ id }) => id !== 1 && String(id) !== right.worst_bus)?.id;
  const list: (Mistake | undefined)[] = [
    {
      name: 'left every device as it is',
      reply: say({ remedy: settings((i) => devices[i]?.now as number) }),
      score: 0.6,
    },
    fails(facts, far)
      ? {
          name: 'used every means to the full',
          reply: say({ remedy: settings((i) => far[i] as number) }),
          score: [0.6, 0.76],
        }
      : undefined,
    {
      name: 'moved every means the wrong way',
      reply: say({ remedy: settings((i) => away[i] as number) }),
      score: [0.6, 0.7],
    },
    mirrored !== tapped && Math.abs(mirrored) <= transformer.highest
      ? {
          name: 'moved the tap the wrong way',
          reply: say({ remedy: { ...right.remedy, [transformer.name]: mirrored } }),
          score: [0.6, 0.76],
        }
      : undefined,
    tapped !== 0
      ? {
          name: 'gave the ratio for the tap position',
          reply: say({ remedy: { ...right.remedy, [transformer.name]: 1 + tapped * transformer.step } }),
          score: 0.6,
        }
      : undefined,
    {
      name: 'set the unit beyond its range',
      reply: say({ remedy: { ...right.remedy, [facts.generator.name]: 1.12 } }),
      score: 0.6,
    },
    { name: 'took every voltage for 1 p.u.', reply: say({ worst_voltage: 1 }), score: 0.7 },
    {
      name: 'voltage in kV',
      reply: say({ worst_voltage: `${(110 * right.worst_voltage).toFixed(2)} kV` }),
      score: 0.7,
    },
    {
      name: 'voltage as a percentage',
      reply: say({ worst_voltage: Number((100 * right.worst_voltage).toFixed(2)) }),
      score: 0.7,
    },
    { name: 'named another bus as the worst', reply: say({ worst_bus: String(next) }), score: 0.9 },
    { name: 'left losses out', reply: say({ losses: 0 }), score: 0.8 },
    {
      name: 'losses in kW as if they were MW',
      reply: say({ losses: Math.round(1000 * right.losses) }),
      score: 0.8,
    },
  ];
  return list.filter((mistake) => mistake !== undefined);
}

function fails(facts: VoltageRemedyFacts, positions: readonly number[]): boolean {
  const after = simulate(facts, positions);
  return !after || excess(facts, after) > 0;
}
