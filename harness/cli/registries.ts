import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { checkerRegistry } from '../checkers/registry.ts';
import type { AnyChecker } from '../core/checker.ts';
import { UserError } from '../core/errors.ts';
import { familyRegistry } from '../families/registry.ts';
import { convert, parseUnit, readOne } from '../quantities/index.ts';
import type { Registries } from '../suite/suite.ts';
import type { Io } from './io.ts';

/** Families, checkers and the reader of quantities, as suites need them; checkers of the user's own modules among them. */
export async function registries(checkerModules: readonly string[], io: Io): Promise<Registries> {
  const own = await Promise.all(checkerModules.map((file) => importChecker(file, io)));
  return {
    families: familyRegistry,
    checkers: checkerRegistry(own),
    readQuantity(text) {
      const quantity = readOne(text);
      if (!quantity || quantity.value === null) return { fault: 'is not one number with its unit' };
      return { value: quantity.value, unit: quantity.unit.name };
    },
    convertUnit(value, from, to) {
      const [own, other] = [parseUnit(from), parseUnit(to)];
      return own && other ? convert(value, own, other) : undefined;
    },
  };
}

/** Imports a module that the user named; a suite file never names one. */
export const importUserModule = (path: string, io: Io): Promise<unknown> =>
  import(pathToFileURL(resolve(io.cwd, path)).href);

const BUILT_IN = checkerRegistry();

async function importChecker(file: string, io: Io): Promise<AnyChecker> {
  const loaded = await importUserModule(file, io).catch((error: unknown) => {
    throw new UserError(
      `${file}: cannot be loaded: ${error instanceof Error ? error.message : String(error)}`,
    );
  });
  const checker = (loaded as { default?: Partial<AnyChecker> }).default;
  const whole =
    typeof checker?.kind === 'string' &&
    Number.isInteger(checker.version) &&
    checker.config instanceof z.ZodType &&
    typeof checker.check === 'function';
  if (!whole) {
    throw new UserError(
      `${file}: its default export is no checker`,
      'export default { kind, version, config: <zod schema>, check(config, input) { … } }',
    );
  }
  if (BUILT_IN.has(checker.kind as string))
    throw new UserError(`${file}: "${checker.kind}" is a built-in checker's name`);
  return checker as AnyChecker;
}
