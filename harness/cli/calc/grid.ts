import { type AcFlow, acFlow } from '../../engineering/grid/ac-flow.ts';
import type { AcStart } from '../../engineering/grid/ac-model.ts';
import { dcFlow } from '../../engineering/grid/dc-flow.ts';
import type { DcConvention } from '../../engineering/grid/dc-model.ts';
import { lodf, ptdf } from '../../engineering/grid/distribution-factors.ts';
import {
  type AcGeneratorOutage,
  generatorOutagesAc,
  generatorOutagesDc,
} from '../../engineering/grid/generator-outages.ts';
import { type AcOutage, n1Ac, n1Dc } from '../../engineering/grid/n-1.ts';
import type { Network } from '../../engineering/grid/network.ts';
import {
  apparentPower,
  overloads,
  type Rating,
  voltageViolations,
} from '../../engineering/grid/violations.ts';
import type { Calc, CalcOption } from './calc.ts';

type Options = Readonly<Record<string, string>>;

const convention: CalcOption = {
  flags: '--convention <pm|mp>',
  describe: 'DC model: pm is b = x/(r²+x²) without taps and shifts, mp is b = 1/(x·tap) with shifts',
  default: 'mp',
};

const rate: CalcOption = {
  flags: '--rate <a|b|c>',
  describe: 'which branch limit applies: long-term, short-term or emergency',
  default: 'a',
};

function oneOf<T extends string>(options: Options, name: string, words: readonly T[], fallback: T): T {
  const word = options[name] ?? fallback;
  const found = words.find((candidate) => candidate === word);
  if (!found) throw new RangeError(`--${name} ${word} is unknown: it is one of ${words.join(', ')}`);
  return found;
}

const conventionOf = (options: Options): DcConvention => oneOf(options, 'convention', ['pm', 'mp'], 'mp');

const ratingFor = (options: Options): Rating => oneOf(options, 'rate', ['a', 'b', 'c'], 'a');

/** Rows and columns of a matrix of factors, so that it can be read without the case file. */
const axes = (network: Network) => ({
  branches: network.branches.map(({ from, to }) => `${from}-${to}`),
  buses: network.buses.map(({ id }) => id),
});

const toRows = (factors: readonly Float64Array[]): number[][] => factors.map((row) => Array.from(row));

function positiveNumber(options: Options, name: string, flag: string): number | undefined {
  if (options[name] === undefined) return undefined;
  const value = Number(options[name]);
  if (!(value > 0) || !Number.isFinite(value)) {
    throw new RangeError(`${flag} ${options[name]} is not a positive number`);
  }
  return value;
}

function acOptions(options: Options) {
  const tolerance = positiveNumber(options, 'tolerance', '--tolerance');
  const iterations = positiveNumber(options, 'maxIterations', '--max-iterations');
  return {
    ...(tolerance === undefined ? {} : { tolerance_pu: tolerance }),
    ...(iterations === undefined ? {} : { max_iterations: Math.floor(iterations) }),
    ...(options['start'] === undefined
      ? {}
      : { start: oneOf<AcStart>(options, 'start', ['case', 'flat', 'dc'], 'case') }),
    enforce_q_limits: Boolean(options['enforceQLimits']),
  };
}

const acFlags: readonly CalcOption[] = [
  {
    flags: '--enforce-q-limits',
    describe: 'hold generators within their reactive limits, giving up their voltage',
  },
  {
    flags: '--start <case|flat|dc>',
    describe: 'first voltages; left out: the case, then others until one leads to a flow',
  },
  { flags: '--tolerance <pu>', describe: 'largest power mismatch, per unit (default 1e-8)' },
  { flags: '--max-iterations <n>', describe: 'Newton steps (default 20)' },
];

/** A solution with what it breaks; a flow that was not found as it is. */
function withViolations(network: Network, flow: AcFlow, rating: Rating) {
  if (!flow.converged) return flow;
  return {
    ...flow,
    overloads: overloads(network, apparentPower(flow), rating),
    voltage_violations: voltageViolations(network, flow),
  };
}

const isHarmful = (outage: Partial<AcOutage & AcGeneratorOutage>): boolean =>
  outage.islanding !== undefined ||
  outage.converged === false ||
  (outage.shortfall_mw ?? 0) > 0 ||
  (outage.overloads ?? []).length > 0 ||
  (outage.voltage_violations ?? []).length > 0;

function screen(network: Network, options: Options) {
  const method = oneOf(options, 'method', ['dc', 'ac'], 'dc');
  const elements = oneOf(options, 'elements', ['branches', 'generators', 'all'], 'branches');
  const dc = { convention: conventionOf(options), rating: ratingFor(options) };
  const ac = { rating: ratingFor(options), ...acOptions(options) };
  const branches = elements === 'generators' ? [] : method === 'dc' ? n1Dc(network, dc) : n1Ac(network, ac);
  const units =
    elements === 'branches'
      ? []
      : method === 'dc'
        ? generatorOutagesDc(network, dc)
        : generatorOutagesAc(network, ac);
  const outages = [...branches, ...units];
  const harmful = outages.filter(isHarmful);
  return { method, secure: harmful.length === 0, screened: outages.length, outages: harmful };
}

/** Flows and security of a network. Rows are in the case file's own order. */
export const gridCalcs: Calc[] = [
  {
    name: 'dc-flow',
    group: 'grid',
    summary: 'DC power flow: angles, branch flows, overloads, what the slack takes up',
    input: 'network',
    options: [convention, rate],
    example: 'wattmark calc dc-flow case14 --convention mp',
    run: (network, options) => {
      const flow = dcFlow(network, { convention: conventionOf(options) });
      return { ...flow, overloads: overloads(network, (i) => flow.p_from_mw[i]!, ratingFor(options)) };
    },
  },
  {
    name: 'ac-flow',
    group: 'grid',
    summary: 'AC power flow (Newton-Raphson): voltages, losses, outputs, limits broken',
    input: 'network',
    options: [...acFlags, rate],
    example: 'wattmark calc ac-flow case14 --enforce-q-limits',
    run: (network, options) =>
      withViolations(network, acFlow(network, acOptions(options)), ratingFor(options)),
  },
  {
    name: 'ptdf',
    group: 'grid',
    summary: 'power transfer distribution factors: MW on a branch for 1 MW from a bus to the slack',
    input: 'network',
    options: [convention],
    example: 'wattmark calc ptdf case5 --json',
    run: (network, options) => {
      const { factors, offset_mw } = ptdf(network, { convention: conventionOf(options) });
      return { ...axes(network), factors: toRows(factors), offset_mw };
    },
  },
  {
    name: 'lodf',
    group: 'grid',
    summary: 'line outage distribution factors: part of a tripped branch’s flow on each other branch',
    input: 'network',
    options: [convention],
    example: 'wattmark calc lodf case5 --json',
    run: (network, options) => {
      const { factors, islanding } = lodf(network, { convention: conventionOf(options) });
      return { branches: axes(network).branches, factors: toRows(factors), islanding };
    },
  },
  {
    name: 'n-1',
    group: 'grid',
    summary: 'N-1 screening of branches and units: overloads, voltage violations, islanding, shortfall',
    input: 'network',
    options: [
      { flags: '--method <dc|ac>', describe: 'by outage factors, or by solving again', default: 'dc' },
      {
        flags: '--elements <branches|generators|all>',
        describe: 'what trips; the output of a unit is taken up by the others by their room',
        default: 'branches',
      },
      convention,
      rate,
      ...acFlags,
    ],
    example: 'wattmark calc n-1 case30 --method ac',
    run: screen,
  },
];
