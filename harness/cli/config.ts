import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as z from 'zod';
import { type ProvidersConfig, providersConfigSchema } from '../../providers/config.ts';
import { UserError } from '../core/errors.ts';
import { defaultGate, type GateConfig, gateConfigSchema } from '../report/gate/config.ts';
import { parseSuiteYaml } from '../suite/parse-yaml.ts';
import { zodIssues } from '../suite/zod-issues.ts';
import type { Io } from './io.ts';

export const CONFIG_FILE = 'wattmark.yaml';

const configSchema = z.strictObject({
  providers: providersConfigSchema.optional(),
  gate: gateConfigSchema.optional(),
});

export interface Config {
  providers: ProvidersConfig;
  gate: GateConfig;
}

/**
 * `wattmark.yaml` where the user stands, or the file named.
 * @throws UserError with the place of every fault, or where a file that was named does not exist
 */
export function readConfig(named: string | undefined, io: Io): Config {
  const file = named ?? CONFIG_FILE;
  const path = resolve(io.cwd, file);
  if (!existsSync(path)) {
    if (named === undefined) return { providers: {}, gate: defaultGate() };
    throw new UserError([{ place: { file }, message: 'there is no such file' }]);
  }
  const { located, issues } = parseSuiteYaml(readFileSync(path, 'utf8'), file);
  if (!located) throw new UserError(issues);
  const parsed = configSchema.safeParse(located.value);
  const found = parsed.success ? issues : [...issues, ...zodIssues(parsed.error, configSchema, located)];
  if (!parsed.success || found.length > 0) throw new UserError(found);
  return { providers: parsed.data.providers ?? {}, gate: parsed.data.gate ?? defaultGate() };
}
