import { readCosts } from './matpower-costs.ts';
import { type Fail, failAt } from './matpower-error.ts';
import { applyRescales } from './matpower-rescale.ts';
import { type CaseFields, readStatements } from './matpower-statements.ts';
import { cell, cellAt, readTable, type Table } from './matpower-tables.ts';
import { tokenize } from './matpower-tokens.ts';
import type { Branch, Bus, BusType, Generator, Network } from './network.ts';

const BUS_TYPES: readonly BusType[] = ['pq', 'pv', 'slack', 'isolated'];

function readBuses(table: Table, names: readonly string[] | undefined, fail: Fail): Bus[] {
  const seen = new Map<number, number>();
  return table.rows.map((_, i) => {
    const at = (column: number) => cell(table, i, column, fail);
    const id = at(0);
    if (!Number.isSafeInteger(id) || id < 1)
      fail(cellAt(table, i, 0), `bus number ${id} is not a positive integer`);
    const twin = seen.get(id);
    if (twin !== undefined) {
      fail(cellAt(table, i, 0), `bus ${id} is already row ${twin + 1} of mpc.bus`, 'bus numbers must differ');
    }
    seen.set(id, i);
    const type = BUS_TYPES[at(1) - 1];
    if (!type)
      return fail(cellAt(table, i, 1), `bus type ${at(1)} is unknown`, '1 PQ, 2 PV, 3 reference, 4 isolated');
    return {
      id,
      ...(names?.[i] ? { name: names[i] } : {}),
      type,
      p_load_mw: at(2),
      q_load_mvar: at(3),
      g_shunt_mw: at(4),
      b_shunt_mvar: at(5),
      base_kv: at(9),
      vm_pu: at(7),
      va_deg: at(8),
      vm_max_pu: cell(table, i, 11, fail, 'may-be-infinite'),
      vm_min_pu: cell(table, i, 12, fail, 'may-be-infinite'),
    };
  });
}

/** The bus number in a column, which must be a bus of the case. */
function knownBus(table: Table, row: number, column: number, buses: ReadonlySet<number>, fail: Fail): number {
  const id = cell(table, row, column, fail);
  if (!buses.has(id)) {
    fail(
      cellAt(table, row, column),
      `row ${row + 1} of mpc.${table.name} names bus ${id}, which mpc.bus does not have`,
    );
  }
  return id;
}

/** Column 19 holds the reserve that a unit ramps in 30 minutes, MW; 0 says nothing. */
const RAMP_30_COLUMN = 18;

function readGenerators(
  table: Table,
  buses: ReadonlySet<number>,
  costs: Table | undefined,
  fail: Fail,
): Generator[] {
  const costRows = readCosts(costs, table.rows.length, fail);
  return table.rows.map(({ values }, i) => {
    const at = (column: number) => cell(table, i, column, fail);
    const limit = (column: number) => cell(table, i, column, fail, 'may-be-infinite');
    const ramp = values[RAMP_30_COLUMN] ?? 0;
    return {
      bus: knownBus(table, i, 0, buses, fail),
      p_mw: at(1),
      q_mvar: at(2),
      q_max_mvar: limit(3),
      q_min_mvar: limit(4),
      vm_setpoint_pu: at(5),
      p_max_mw: limit(8),
      p_min_mw: limit(9),
      in_service: at(7) > 0,
      ...(costRows[i] as (typeof costRows)[number]),
      ...(ramp > 0 && Number.isFinite(ramp)
        ? { ramp_up_mw_per_h: 2 * ramp, ramp_down_mw_per_h: 2 * ramp }
        : {}),
    };
  });
}

/** A limit of 0 means none in a case file. */
function rating(table: Table, row: number, column: number, fail: Fail): number {
  const value = cell(table, row, column, fail, 'may-be-infinite');
  if (value < 0)
    fail(cellAt(table, row, column), `a branch limit of ${value} MVA is negative`, '0 means no limit');
  return value === 0 ? Number.POSITIVE_INFINITY : value;
}

/** Angle differences are bounded only where the two columns exist and say less than a full turn; a 0 says nothing. */
function angleLimits(values: readonly number[]): Pick<Branch, 'angle_min_deg' | 'angle_max_deg'> {
  const [low, high] = [values[11] ?? 0, values[12] ?? 0];
  return {
    ...(low !== 0 && low > -360 ? { angle_min_deg: low } : {}),
    ...(high !== 0 && high < 360 ? { angle_max_deg: high } : {}),
  };
}

function readBranches(table: Table, buses: ReadonlySet<number>, fail: Fail): Branch[] {
  return table.rows.map(({ values }, i) => {
    const at = (column: number) => cell(table, i, column, fail);
    const [from, to] = [knownBus(table, i, 0, buses, fail), knownBus(table, i, 1, buses, fail)];
    const inService = at(10) !== 0;
    if (from === to) fail(cellAt(table, i, 1), `row ${i + 1} of mpc.branch joins bus ${from} to itself`);
    if (inService && at(2) === 0 && at(3) === 0) {
      fail(
        cellAt(table, i, 3),
        `row ${i + 1} of mpc.branch is in service with r = x = 0`,
        'merge its two buses, or give the tie a small reactance such as 0.0001',
      );
    }
    if (at(8) < 0)
      fail(cellAt(table, i, 8), `a turns ratio of ${at(8)} is negative`, '0 means a line, ratio 1');
    const [b, c] = [rating(table, i, 6, fail), rating(table, i, 7, fail)];
    return {
      from,
      to,
      r_pu: at(2),
      x_pu: at(3),
      b_pu: at(4),
      rate_mva: rating(table, i, 5, fail),
      ...(Number.isFinite(b) ? { rate_b_mva: b } : {}),
      ...(Number.isFinite(c) ? { rate_c_mva: c } : {}),
      tap: at(8) || 1,
      shift_deg: at(9),
      ...angleLimits(values),
      in_service: inService,
    };
  });
}

function readBase({ values }: CaseFields, fail: Fail): number {
  const version = values.get('version');
  if (version && version.kind !== 'matrix' && version.kind !== 'cells' && Number(version.value) !== 2) {
    fail(
      version.at,
      `case format version ${version.value} is not read`,
      "save it as version 2 (mpc.version = '2')",
    );
  }
  const base = values.get('baseMVA');
  if (!base) return fail(0, 'mpc.baseMVA is missing', 'add for example mpc.baseMVA = 100;');
  if (base.kind !== 'number' || !(base.value > 0) || base.value === Number.POSITIVE_INFINITY) {
    return fail(base.at, 'mpc.baseMVA must be a positive number');
  }
  return base.value;
}

/** A field that gives one text for each row of a table, where the case has it. */
function textColumn({ values }: CaseFields, field: string, count: number, fail: Fail): string[] | undefined {
  const column = values.get(field);
  if (!column) return undefined;
  if (column.kind !== 'cells' || column.values.length !== count) {
    return fail(column.at, `mpc.${field} must hold one text for each of the ${count} rows`);
  }
  return column.values.map((text) => String(text).trim());
}

const WEATHER = new Set(['wind', 'solar']);

/**
 * Reads a MATPOWER case file, format version 2 (MATPOWER User's Manual, appendix B) or the older version 1, which lists its
 * tables without a struct. The file is data: nothing in it is run, and a statement that would compute a table is refused,
 * except the changes from kW, kVA and ohm that MATPOWER's own distribution cases end with, recognised by their wording.
 *
 * Kept as the file has it: the order of rows, units and branches that are out of service, isolated buses (type 4).
 * `genfuel` of wind or solar makes a unit renewable. Let be: columns beyond the format's, areas, reactive costs, and fields such as `dcline` (named in `notes`).
 * Costs are read as they stand, convex or not: a power flow has no use for them, and an optimisation refuses what it cannot take.
 * A missing gencost gives every generator an empty polynomial. A branch limit of 0 becomes Infinity, a ratio of 0 becomes 1.
 * @throws MatpowerError with line and column for anything that cannot be understood
 */
export function parseMatpower(source: string, file: string): Network {
  // A carriage return alone once ended lines; as long as a line feed, it leaves every place where it was.
  const text = source.replace(/\r(?!\n)/g, '\n');
  const fail = failAt(text, file);
  const fields = readStatements(tokenize(text, fail), fail);
  const base_mva = readBase(fields, fail);
  const table = (name: 'bus' | 'gen' | 'branch'): Table => {
    const value = fields.values.get(name);
    return value
      ? readTable(name, value, fail)
      : fail(0, `mpc.${name} is missing`, 'is this a MATPOWER case file?');
  };
  const tables = { bus: table('bus'), gen: table('gen'), branch: table('branch') };
  if (tables.bus.rows.length === 0) fail(tables.bus.at, 'mpc.bus has no rows');
  const gencost = fields.values.get('gencost');
  applyRescales(tables, fields.rescales, base_mva, fail);
  const buses = readBuses(tables.bus, textColumn(fields, 'bus_name', tables.bus.rows.length, fail), fail);
  const ids = new Set(buses.map((bus) => bus.id));
  const fuels = textColumn(fields, 'genfuel', tables.gen.rows.length, fail);
  const costs = gencost && readTable('gencost', gencost, fail);
  return {
    name: fields.name || file.replace(/^.*[\\/]/, '').replace(/\.m$/, ''),
    base_mva,
    buses,
    branches: readBranches(tables.branch, ids, fail),
    generators: readGenerators(tables.gen, ids, costs, fail).map((generator, i) =>
      WEATHER.has(fuels?.[i]?.toLowerCase() ?? '') ? { ...generator, renewable: true } : generator,
    ),
    ...(fields.ignored.length > 0
      ? { notes: [`not part of the grid model, left out: ${fields.ignored.join(', ')}`] }
      : {}),
  };
}
