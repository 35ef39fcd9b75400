import type { Verdict } from '../../../core/checker.ts';
import type { Family } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { gridPlot } from '../../pictures.ts';
import { replyWith, rounded } from '../../wording.ts';
import { devicesOf, operations, shown } from './devices.ts';
import {
  drawVoltageRemedy,
  type VoltageRemedyFacts,
  type VoltageRemedyParams,
  voltageRemedyParams,
} from './facts.ts';
import { voltageRemedyMistakes } from './mistakes.ts';
import { readRemedy } from './read-remedy.ts';
import { search } from './search.ts';
import { excess, simulate } from './simulate.ts';
import { voltageRemedyWork } from './work.ts';

export type VoltageRemedyAnswer = {
  /** The bus furthest out of the band now. */
  worst_bus: string;
  /** Its voltage, p.u. */
  worst_voltage: number;
  /** Active losses now, MW. */
  losses: number;
  /** A remedy of fewest operations: the new position of every device by name. */
  remedy: Record<string, number>;
  /** How many operations that is. */
  operations: number;
};

/** No remedy that a draw asks for takes more operations than this. */
const MOST = 6;

/** Brings voltages back into their band by taps, capacitor steps and a set-point; the remedy is run again by AC power flow. */
export const voltageRemedyFamily: Family<VoltageRemedyParams, VoltageRemedyFacts, VoltageRemedyAnswer> = {
  name: 'voltage-remedy',
  version: 1,
  params: voltageRemedyParams,
  targets: {
    worst_bus: { type: 'choice' },
    worst_voltage: { type: 'number', unit: 'p.u.' },
    losses: { type: 'number', unit: 'MW' },
    remedy: { type: 'json' },
    operations: { type: 'number' },
  },
  unordered: ['buses', 'lines', 'capacitors'],
  draw: drawVoltageRemedy,
  solve: solveVoltageRemedy,
  options: ({ buses }) => ({
    worst_bus: buses.filter(({ id }) => id !== 1).map(({ id }) => ({ id: String(id), labels: [String(id)] })),
  }),
  reply: (_facts, answer, lang) => replyWith(PROSE[lang], tidied(answer)),
  mistakes: voltageRemedyMistakes,
  verify: { remedy: judgeRemedy },
  plots: ({ buses, lines, transformer, generator }, { worst_bus }, lang) => [
    gridPlot(
      buses.map(({ id, p_mw }) => ({
        id,
        load_mw: p_mw,
        generation_mw: id === generator.bus ? generator.p_mw : 0,
      })),
      [{ name: transformer.name, from: 1, to: 2 }, ...lines],
      {
        title:
          lang === 'zh'
            ? `网络（电压最差：节点 ${worst_bus}）`
            : `Network; worst voltage at bus ${worst_bus}`,
      },
    ),
  ],
  work: voltageRemedyWork,
};

export const PROSE: Readonly<Record<Lang, string>> = {
  en: 'An AC power flow of the present state, then of changed settings until every voltage is in its band, gives:',
  zh: '先计算当前方式的交流潮流，再逐步调整并重新校核，直至各节点电压合格，结果如下：',
};

/** @throws RangeError where no remedy is found, which no draw allows */
export function solveVoltageRemedy(facts: VoltageRemedyFacts): VoltageRemedyAnswer {
  const devices = devicesOf(facts);
  const before = simulate(
    facts,
    devices.map(({ now }) => now),
  );
  const least = search(facts, MOST);
  if (!before || !least) throw new RangeError('there is no remedy');
  const { low, high } = facts.band;
  const off = (id: number) =>
    Math.max(low - (before.vm_pu[id] as number), (before.vm_pu[id] as number) - high);
  const worst = facts.buses.filter(({ id }) => id !== 1).reduce((a, b) => (off(b.id) > off(a.id) ? b : a)).id;
  return {
    worst_bus: String(worst),
    worst_voltage: before.vm_pu[worst] as number,
    losses: before.loss_mw,
    remedy: Object.fromEntries(
      devices.map((device, i) => [device.name, shown(device, least.positions[i] as number)]),
    ),
    operations: least.operations,
  };
}

/** An answer as a careful person writes it. */
export function tidied({ worst_bus, worst_voltage, losses, remedy }: VoltageRemedyAnswer) {
  return { worst_bus, worst_voltage: rounded(worst_voltage, 4), losses: rounded(losses, 2), remedy };
}

/** A remedy that works is worth 1 less a tenth for each operation too many, and never under a half. */
const EXTRA = 0.1;
const WORKS = 0.5;
/** One that does not is worth at most this, falling to 0 where it leaves as much wrong as there was. */
const FAILS = 0.4;

function judgeRemedy(facts: VoltageRemedyFacts, answer: VoltageRemedyAnswer, proposal: unknown): Verdict {
  const devices = devicesOf(facts);
  const reading = readRemedy(devices, proposal);
  if ('fault' in reading) return { value: 0, reason: reading.fault };
  const now = devices.map((device) => device.now);
  const [before, after] = [simulate(facts, now), simulate(facts, reading.positions)];
  if (!before || !after) return { value: 0, reason: 'the power flow has no solution with these settings' };
  const left = excess(facts, after);
  if (left > 0) {
    const value = FAILS * Math.max(0, 1 - left / excess(facts, before));
    return { value, reason: `out of limits by ${left.toPrecision(3)} p.u. in all after the remedy` };
  }
  const more = operations(devices, reading.positions) - answer.operations;
  return {
    value: Math.max(WORKS, Math.min(1, 1 - EXTRA * more)),
    reason:
      more > 0
        ? `all in limits, with ${more} operations more than needed`
        : 'all in limits, with the fewest operations',
  };
}
