import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Issue, UserError } from '../../core/errors.ts';
import { builtinNames, builtinNetwork } from '../../engineering/grid/builtin.ts';
import { parseMatpower } from '../../engineering/grid/matpower.ts';
import type { Network } from '../../engineering/grid/network.ts';
import { networkSchema } from '../../engineering/grid/network-schema.ts';
import type { Io } from '../io.ts';
import type { Calc } from './calc.ts';
import { parseCsv } from './csv.ts';

const MAX_BYTES = 50_000_000;

/** A network from a `.m` case file, a JSON file, or by the name of a built-in one. */
export function readNetworkInput(input: string, io: Io): Network {
  const builtin = builtinNetwork(input);
  if (builtin) return builtin;
  const text = readInput(input, io, `built-in networks: ${builtinNames.join(', ')}`);
  if (!/^\s*[{[]/.test(text)) return parseMatpower(text, input);
  const parsed = networkSchema.safeParse(parseJson(text, input));
  if (!parsed.success) throw new UserError(parsed.error.issues.map((issue) => zodIssue(issue, input)));
  return parsed.data as Network;
}

/** The input of a JSON calculation, checked by its schema; a CSV gives a row each. */
export function readJsonInput(
  input: string,
  calc: Extract<Calc, { input: 'json' }>,
  io: Io,
): { value: unknown } | { rows: unknown[] } {
  const inline = /^\s*[{[]/.test(input);
  const text = inline ? input : readInput(input, io);
  const name = inline ? 'input' : input;
  if (!/^\s*[{[]/.test(text)) {
    if (!calc.rows)
      throw new UserError([{ place: { file: name }, message: 'is not JSON', hint: calc.example }]);
    return { rows: parseCsv(text, name).map(({ row, line }) => check(row, calc, name, line)) };
  }
  const value = parseJson(text, name);
  if (calc.rows && Array.isArray(value)) return { rows: value.map((row) => check(row, calc, name)) };
  return { value: check(value, calc, name) };
}

function readInput(input: string, io: Io, hint = 'name a file, or - for standard input'): string {
  if (input === '-') return io.stdin();
  try {
    const bytes = readFileSync(resolve(io.cwd, input));
    if (bytes.length > MAX_BYTES) throw new UserError(`${input} is larger than ${MAX_BYTES / 1e6} MB`);
    return bytes.toString('utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    if (error instanceof UserError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    throw new UserError(
      `${input}: ${code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code})`}`,
      hint,
    );
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const at = Number(message.match(/position (\d+)/)?.[1] ?? Number.NaN);
    const before = Number.isNaN(at) ? undefined : text.slice(0, at).split('\n');
    const place = before
      ? { file, line: before.length, col: (before.at(-1) as string).length + 1 }
      : { file };
    throw new UserError([{ place, message: `is not JSON: ${message}` }]);
  }
}

function check(value: unknown, calc: Extract<Calc, { input: 'json' }>, file: string, line?: number): unknown {
  const parsed = calc.schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new UserError(parsed.error.issues.map((issue) => zodIssue(issue, file, line, calc.example)));
}

function zodIssue(
  issue: { path: PropertyKey[]; message: string },
  file: string,
  line?: number,
  example?: string,
): Issue {
  const path = issue.path.map(String).join('.');
  return {
    place: { file, ...(line === undefined ? {} : { line }) },
    message: path ? `${path}: ${issue.message}` : issue.message,
    ...(example ? { hint: `an input that works: ${example}` } : {}),
  };
}
