import { describe, expect, it } from 'vitest';
import { acFlow } from '../../../harness/engineering/grid/ac-flow.ts';
import { parseMatpower } from '../../../harness/engineering/grid/matpower.ts';
import { MatpowerError } from '../../../harness/engineering/grid/matpower-error.ts';
import { assertConvex } from '../../../harness/engineering/optimise/cost-curve.ts';

const BUS = `mpc.bus = [
  1 3 0   0  0 0 1 1 0 110 1 1.1 0.9;
  2 1 50 20  0 5 1 1 0 110 1 1.1 0.9;
  7 2 10  5  0 0 1 1 0 110 1 1.1 0.9;
];`;
const GEN = `mpc.gen = [
  1 40 0 30 -30 1.02 100 1 80 10;
  7 20 0 Inf -Inf 1.01 100 0 50 0;
];`;
const BRANCH = `mpc.branch = [
  1 2 0.01 0.1 0.02 60 70 80 0 0 1 -360 360;
  2 7 0.02 0.2 0    0  0  0  0.98 -5 1 -30 30;
];`;
const COST = `mpc.gencost = [
  2 100 50 3 0.02 20 5 0 0 0;
  1 0 0 3 0 0 50 500 100 1500;
];`;

type Parts = Partial<Record<'head' | 'bus' | 'gen' | 'branch' | 'cost' | 'tail', string>>;

const file = ({ head, bus, gen, branch, cost, tail }: Parts = {}) =>
  [
    head ?? "function mpc = tiny\nmpc.version = '2';\nmpc.baseMVA = 100;",
    bus ?? BUS,
    gen ?? GEN,
    branch ?? BRANCH,
    cost ?? COST,
    tail ?? '',
  ].join('\n');

/** The same case as format version 1 writes it: a list of tables in place of a struct. */
const versionOne = [
  'function [baseMVA, bus, gen, branch, areas, gencost] = tiny',
  'baseMVA = 100;',
  ...[BUS, GEN, BRANCH, COST].map((table) => table.replace('mpc.', '')),
  'areas = [\n 1 1;\n];\nreturn;',
].join('\n');

/** The error of a text, with the piece of it that its line and column point to. */
function fault(text: string): { message: string; hint: string | undefined; at: string } {
  try {
    parseMatpower(text, 'tiny.m');
  } catch (error) {
    if (!(error instanceof MatpowerError)) throw error;
    const line = text.split('\n')[error.line - 1] ?? '';
    return {
      message: error.message,
      hint: error.hint,
      at: line.slice(error.col - 1).split(/[\s;,]/)[0] ?? '',
    };
  }
  throw new Error('the text was read without an error');
}

describe('reading a case', () => {
  it('keeps rows in order, numbers that skip, and what each column means', () => {
    const network = parseMatpower(file(), 'dir/tiny.m');
    expect(network.name).toBe('tiny');
    expect(network.buses.map((b) => [b.id, b.type, b.p_load_mw, b.b_shunt_mvar])).toEqual([
      [1, 'slack', 0, 0],
      [2, 'pq', 50, 5],
      [7, 'pv', 10, 0],
    ]);
    expect(network.generators[0]).toMatchObject({
      bus: 1,
      p_mw: 40,
      q_max_mvar: 30,
      q_min_mvar: -30,
      vm_setpoint_pu: 1.02,
      p_max_mw: 80,
      p_min_mw: 10,
      in_service: true,
      start_up_cost: 100,
      shut_down_cost: 50,
      cost: { kind: 'polynomial', coefficients: [5, 20, 0.02] },
    });
    expect(network.generators[1]).toMatchObject({
      in_service: false,
      q_max_mvar: Number.POSITIVE_INFINITY,
      q_min_mvar: Number.NEGATIVE_INFINITY,
      cost: {
        kind: 'piecewise',
        points: [
          { p_mw: 0, cost: 0 },
          { p_mw: 50, cost: 500 },
          { p_mw: 100, cost: 1500 },
        ],
      },
    });
    expect(network.branches[0]).toMatchObject({ tap: 1, rate_mva: 60, rate_b_mva: 70, rate_c_mva: 80 });
    expect(network.branches[0]).not.toHaveProperty('angle_max_deg');
    expect(network.branches[1]).toMatchObject({
      tap: 0.98,
      shift_deg: -5,
      rate_mva: Number.POSITIVE_INFINITY,
      angle_min_deg: -30,
      angle_max_deg: 30,
    });
  });

  it('reads commas, line ends, continuations, comments and signs as MATLAB does', () => {
    const bus = `mpc.bus = [ % opening remark ] ;
      1, 3, 0, 0, 0, 0, 1, 1, 0, 110, 1, 1.1, .9   % no semicolon here
      2 1 5e1 +2.0D1 0 5.  1 1 0 ...  the rest of the row follows
        110 1 1.1 0.9; 7 2 10 5 0 0 1 1 -0.5 110 1 1.1 0.9
      % 8 1 0 0 0 0 1 1 0 110 1 1.1 0.9;
    ];`;
    const { buses } = parseMatpower(file({ bus }), 'tiny.m');
    expect(buses.map((b) => b.id)).toEqual([1, 2, 7]);
    expect(buses[1]).toMatchObject({ p_load_mw: 50, q_load_mvar: 20, b_shunt_mvar: 5, base_kv: 110 });
    expect(buses[2]!.va_deg).toBe(-0.5);
  });

  it('does not take a percent sign in a name for a comment, nor a doubled quote for its end', () => {
    const tail = "mpc.bus_name = {\n 'A 50% bus';\n 'Bob''s';\n \"C\";\n};";
    expect(parseMatpower(file({ tail }), 'tiny.m').buses.map((b) => b.name)).toEqual([
      'A 50% bus',
      "Bob's",
      'C',
    ]);
  });

  it('skips block comments, and reads Windows line ends and a byte order mark', () => {
    const text = `\uFEFF${file({ tail: '%{\nmpc.bus = [1];\n%}' })}`.replaceAll('\n', '\r\n');
    expect(parseMatpower(text, 'tiny.m').buses).toHaveLength(3);
  });

  it('takes another struct name and a file without a header', () => {
    const renamed = file().replace('function mpc', 'function s').replaceAll('mpc.', 's.');
    expect(parseMatpower(renamed, 'tiny.m').buses).toHaveLength(3);
    const script = file({ head: 'mpc.baseMVA = 100' });
    expect(parseMatpower(script, 'some/dir/grid.m').name).toBe('grid');
  });

  it('lets further columns and fields be, and names the fields it left out that would have meant something', () => {
    const network = parseMatpower(
      file({ tail: 'mpc.areas = [1 1];\nmpc.dcline = [1 2 1 10];\nmpc.reserves.cost = [1;2];' }),
      'tiny.m',
    );
    expect(network.notes).toEqual(['not part of the grid model, left out: dcline, reserves.cost']);
    const wide = GEN.replaceAll(';\n', ' 0 0 0 0 0 0 0 0 15 0 0;\n');
    expect(parseMatpower(file({ gen: wide }), 'tiny.m').generators[0]!.ramp_up_mw_per_h).toBe(30);
  });

  it('gives an empty cost where the case has none, and lets reactive costs be', () => {
    const free = parseMatpower(file({ cost: '' }), 'tiny.m');
    expect(free.generators[0]!.cost).toEqual({ kind: 'polynomial', coefficients: [] });
    const twice = 'mpc.gencost = [2 0 0 2 9 1; 2 0 0 2 8 1; 2 0 0 2 7 1; 2 0 0 2 6 1];';
    expect(parseMatpower(file({ cost: twice }), 'tiny.m').generators[1]!.cost).toEqual({
      kind: 'polynomial',
      coefficients: [1, 8],
    });
  });

  it('takes leading zero coefficients for padding', () => {
    const cost = 'mpc.gencost = [2 0 0 4 0 0.1 2 3; 2 0 0 1 7 0 0 0];';
    const [a, b] = parseMatpower(file({ cost }), 'tiny.m').generators;
    expect(a!.cost).toEqual({ kind: 'polynomial', coefficients: [3, 2, 0.1] });
    expect(b!.cost).toEqual({ kind: 'polynomial', coefficients: [7] });
  });

  it('reads costs that no optimisation takes, so that the flows of the case can still be had', () => {
    const cost = 'mpc.gencost = [2 0 0 4 0.1 2 20 5 0 0; 1 0 0 3 0 0 50 900 100 1000];';
    const network = parseMatpower(file({ cost }), 'tiny.m');
    expect(network.generators.map((g) => g.cost)).toEqual([
      { kind: 'polynomial', coefficients: [5, 20, 2, 0.1] },
      {
        kind: 'piecewise',
        points: [
          { p_mw: 0, cost: 0 },
          { p_mw: 50, cost: 900 },
          { p_mw: 100, cost: 1000 },
        ],
      },
    ]);
    expect(acFlow(network).converged).toBe(true);
    for (const { cost } of network.generators) expect(() => assertConvex(cost, 'unit')).toThrow(RangeError);
  });

  it('is not told that a straight cost cut into short pieces and rounded would not be convex', () => {
    const round = (value: number) => Number(value.toFixed(5));
    const points = [0, 1, 2, 3].map((k) => 500 + (4 * k) / 3);
    const row = points.map((p) => `${round(p)} ${round(7.7003 * p + 31)}`).join(' ');
    const { cost } = parseMatpower(
      file({ cost: `mpc.gencost = [1 0 0 4 ${row}; 2 0 0 1 7 0 0 0 0 0 0 0];` }),
      'tiny.m',
    ).generators[0]!;
    expect(() => assertConvex(cost, 'unit')).not.toThrow();
    const bent = { kind: 'piecewise' as const, points: [0, 10, 19.99].map((c, i) => ({ p_mw: i, cost: c })) };
    expect(() => assertConvex(bent, 'unit')).toThrow(/not convex/);
  });

  it('reads a header that puts brackets round its one name, and lines that end in a carriage return alone', () => {
    const plain = parseMatpower(file(), 'tiny.m');
    expect(parseMatpower(file().replace('function mpc', 'function [mpc]'), 'tiny.m')).toEqual(plain);
    expect(parseMatpower(file().replaceAll('\n', '\r'), 'tiny.m')).toEqual(plain);
  });

  it('reads format version 1 as the same network', () => {
    expect({ ...parseMatpower(versionOne, 'tiny.m'), notes: undefined }).toEqual({
      ...parseMatpower(file(), 'tiny.m'),
      notes: undefined,
    });
  });

  it('knows wind and sun by their fuel', () => {
    const { generators } = parseMatpower(file({ tail: "mpc.genfuel = {'coal'; 'Wind'};" }), 'tiny.m');
    expect(generators.map((g) => g.renewable)).toEqual([undefined, true]);
  });

  it('reads an isolated bus with all at it, and leaves both out of the flow', () => {
    const bus = BUS.replace('7 2 10', '7 4 10');
    const network = parseMatpower(file({ bus }), 'tiny.m');
    expect(network.buses[2]!.type).toBe('isolated');
    const flow = acFlow(network);
    expect(flow.converged && flow.dead_buses).toEqual([7]);
  });
});

describe('a case that ends in a change of units', () => {
  const names = '[PQ, PV, REF, ...\n  NONE, BUS_I] = idx_bus;\n';
  const ohms = `Vbase = mpc.bus(1, BASE_KV) * 1e3; %% volts
Sbase = mpc.baseMVA * 1e6;
mpc.branch(:, [BR_R BR_X]) = mpc.branch(:, [BR_R BR_X]) / (Vbase^2 / Sbase);\n`;
  const kilowatts = 'mpc.bus(:, [PD, QD]) = mpc.bus(:, [PD, QD]) / 1e3;\n';

  it('is read in the units it means, not a thousand times too large', () => {
    const network = parseMatpower(file({ tail: names + ohms + kilowatts }), 'tiny.m');
    expect(network.buses[1]).toMatchObject({ p_load_mw: 0.05, q_load_mvar: 0.02, b_shunt_mvar: 5 });
    expect(network.branches[0]!.x_pu).toBeCloseTo(0.1 / 121, 12);
    expect(network.branches[0]!.b_pu).toBe(0.02);
  });

  it('gives loads in kVA their two parts by the power factor that the file names', () => {
    const parts = `pf = 0.6;
mpc.bus(:, QD) = mpc.bus(:, PD) * sin(acos(pf));
mpc.bus(:, PD) = mpc.bus(:, PD) * pf;`;
    const { buses } = parseMatpower(file({ tail: names + kilowatts + parts }), 'tiny.m');
    expect(buses[1]!.p_load_mw).toBeCloseTo(0.03, 12);
    expect(buses[1]!.q_load_mvar).toBeCloseTo(0.04, 12);
    const twice = fault(file({ tail: `pf = 0.6;\npf = f(1);\n${parts.slice(parts.indexOf('mpc'))}` }));
    expect(twice.message).toContain('computes mpc.bus');
  });

  it('reads all columns before it writes one, as MATLAB does', () => {
    const swapped = 'mpc.bus(:, [PD, QD]) = mpc.bus(:, [QD, PD]) / 1e3;';
    const { buses } = parseMatpower(file({ tail: swapped }), 'tiny.m');
    expect(buses[1]).toMatchObject({ p_load_mw: 0.02, q_load_mvar: 0.05 });
  });

  it('is refused where the change is another one than its wording says', () => {
    const other = ohms.replace('* 1e3', '/ sqrt(3)');
    expect(fault(file({ tail: other }))).toMatchObject({
      at: 'Vbase',
      message: expect.stringContaining('Vbase'),
    });
    const cosine = 'mpc.bus(:, QD) = mpc.bus(:, PD) * sin(acos(pf));';
    expect(fault(file({ tail: cosine })).at).toBe('mpc.bus(:');
    const across = 'mpc.bus(:, [BR_R BR_X]) = mpc.branch(:, [BR_R BR_X]) / 1e3;';
    expect(fault(file({ tail: across })).message).toContain('computes mpc.bus');
    const uneven = 'mpc.bus(:, [PD, QD]) = mpc.bus(:, PD) / 1e3;';
    expect(fault(file({ tail: uneven })).message).toContain('computes mpc.bus');
  });
});

describe('a case that cannot be read says where and why', () => {
  const cases: [name: string, text: string, message: RegExp, at: string][] = [
    [
      'arithmetic in a table',
      file({ bus: BUS.replace('50 20', '50*2 20') }),
      /not a number that stands alone/,
      '*2',
    ],
    ['a difference without blanks', file({ bus: BUS.replace('50 20', '50 20-3') }), /stands alone/, '-3'],
    ['a function call in a table', file({ bus: BUS.replace('2 1 50', '2 1 sqrt(3)') }), /"sqrt"/, 'sqrt(3)'],
    ['a table computed from another', file({ tail: 'mpc.bus(2, 3) = 70;' }), /computes mpc.bus/, 'mpc.bus(2'],
    ['a value that is an expression', file({ head: 'mpc.baseMVA = 10 * 10;' }), /expression/, '*'],
    ['a whole struct computed', file({ tail: 'mpc = scale_load(2, mpc);' }), /computes mpc/, 'mpc'],
    ['control flow', file({ tail: 'if x > 1\n mpc.baseMVA = 1;\nend' }), /"if" is code/, 'if'],
    ['a list of tables without a base', 'function [bus, gen, branch] = old\nbus = [];', /baseMVA/, '[bus'],
    [
      'a table of format 1 that is computed',
      `${versionOne}\nbus(:, 3) = 2 * bus(:, 3);`,
      /computes bus/,
      'bus(:',
    ],
    ['another version', file({ head: "mpc.version = '3';\nmpc.baseMVA = 1;" }), /version 3/, "'3'"],
    ['no base', file({ head: '' }), /baseMVA is missing/, ''],
    ['a base of zero', file({ head: 'mpc.baseMVA = 0;' }), /positive/, '0'],
    ['no branch table', file({ branch: '' }), /mpc.branch is missing/, 'function'],
    ['an empty bus table', file({ bus: 'mpc.bus = [];' }), /no rows/, '[]'],
    ['a table given twice', file({ tail: BUS }), /second time/, 'mpc.bus'],
    ['a table that is never closed', file({ cost: COST.replace('];', '') }), /never closed/, '['],
    ['a table that runs into the next', file({ bus: BUS.replace('];', '') }), /never closed/, '['],
    ['a text that is never closed', file({ head: "mpc.version = '2;" }), /never closed/, "'2"],
    [
      'a row too short',
      file({ bus: BUS.replace(' 1.1 0.9;\n  2', ';\n  2') }),
      /row 1 of mpc.bus has 11/,
      '1',
    ],
    [
      'rows of different length',
      file({ bus: BUS.replace('0.9;\n]', '0.9 3 4;\n]') }),
      /where the first row/,
      '7',
    ],
    ['a bus given twice', file({ bus: BUS.replace('7 2', '2 2') }), /already row 2/, '2'],
    ['a bus number with a fraction', file({ bus: BUS.replace('7 2', '7.5 2') }), /positive integer/, '7.5'],
    ['an unknown bus type', file({ bus: BUS.replace('2 1 50', '2 5 50') }), /bus type 5/, '5'],
    [
      'a load that is NaN',
      file({ bus: BUS.replace('50 20', 'NaN 20') }),
      /Pd of row 2 of mpc.bus is NaN/,
      'NaN',
    ],
    ['an infinite load', file({ bus: BUS.replace('50 20', '50 -Inf') }), /Qd of row 2/, '-Inf'],
    ['a branch to nowhere', file({ branch: BRANCH.replace('2 7', '2 9') }), /names bus 9/, '9'],
    ['a unit at no bus', file({ gen: GEN.replace('7 20', '8 20') }), /mpc.gen names bus 8/, '8'],
    ['a branch onto itself', file({ branch: BRANCH.replace('2 7', '2 2') }), /to itself/, '2'],
    ['no impedance', file({ branch: BRANCH.replace('0.01 0.1', '0 0') }), /r = x = 0/, '0'],
    ['a negative limit', file({ branch: BRANCH.replace(' 60', ' -60') }), /negative/, '-60'],
    ['a negative ratio', file({ branch: BRANCH.replace('0.98', '-0.98') }), /negative/, '-0.98'],
    ['an unknown cost model', file({ cost: COST.replace('2 100', '3 100') }), /model 3/, '3'],
    ['n beyond the columns', file({ cost: COST.replace('1 0 0 3', '1 0 0 4') }), /needs 12 columns/, '4'],
    ['costs for too few units', file({ cost: 'mpc.gencost = [2 0 0 2 1 0];' }), /1 rows for 2/, '[2'],
    ['names for too few buses', file({ tail: "mpc.bus_name = {'a'};" }), /each of the 3 rows/, "{'a'}"],
  ];

  for (const [name, text, message, at] of cases) {
    it(name, () => {
      const found = fault(text);
      expect(found.message).toMatch(message);
      expect(found.at).toBe(at);
    });
  }

  it('prints as file:line:col, fault and hint', () => {
    const error = (() => {
      try {
        return parseMatpower(file({ branch: BRANCH.replace('0.01 0.1', '0 0') }), 'a/tiny.m');
      } catch (e) {
        return e;
      }
    })();
    expect(String(error)).toBe(
      'a/tiny.m:14:9  row 1 of mpc.branch is in service with r = x = 0\n  hint: merge its two buses, or give the tie a small reactance such as 0.0001',
    );
  });

  it('an open tie of no impedance is let be', () => {
    const branch = BRANCH.replace('0.01 0.1', '0 0').replace('0 0 1 -360', '0 0 0 -360');
    expect(parseMatpower(file({ branch }), 'tiny.m').branches[0]!.in_service).toBe(false);
  });

  it('reads nothing by running it: hostile names stay data', () => {
    const tail = 'mpc.__proto__ = [1];\nmpc.constructor = 5;\nsystem("echo hi");\neval("mpc.bus = 1");';
    expect(parseMatpower(file({ tail }), 'tiny.m').notes).toEqual([
      'not part of the grid model, left out: __proto__, constructor',
    ]);
    expect(({} as Record<string, unknown>)['1']).toBeUndefined();
  });
});
