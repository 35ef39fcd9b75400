import { UserError } from '../harness/core/errors.ts';
import { splitCommand } from './command/split-command.ts';

/** A model as named on the command line, taken apart. */
export type ModelSpec =
  | { kind: 'named'; provider: string; model: string }
  | { kind: 'command'; program: string; args: string[] }
  | { kind: 'replay'; run: string; model: string | undefined }
  | { kind: 'module'; path: string };

/**
 * Reads `openai/gpt-x`, `local/org/model:tag`, `command:program args`, `replay:run`, `replay:run#model` and `module:./x.mjs`. A model's name
 * may hold `/` and `:`; a provider's holds neither.
 * @throws UserError
 */
export function parseModelSpec(spec: string): ModelSpec {
  const text = spec.trim();
  const scheme = /^(command|replay|module):(.*)$/s.exec(text);
  if (scheme) {
    const rest = (scheme[2] as string).trim();
    if (rest === '') throw new UserError(`${text} names nothing after the colon`, EXAMPLES);
    if (scheme[1] === 'command') return { kind: 'command', ...splitCommand(rest) };
    if (scheme[1] === 'module') return { kind: 'module', path: rest };
    const hash = rest.indexOf('#');
    return hash < 0
      ? { kind: 'replay', run: rest, model: undefined }
      : { kind: 'replay', run: rest.slice(0, hash), model: rest.slice(hash + 1) || undefined };
  }
  const slash = text.indexOf('/');
  const [provider, model] = [text.slice(0, Math.max(0, slash)), text.slice(slash + 1)];
  if (provider === '' || model === '' || /\s/.test(text)) {
    throw new UserError(`${JSON.stringify(spec)} names no model`, EXAMPLES);
  }
  return { kind: 'named', provider, model };
}

const EXAMPLES =
  'write <provider>/<model>, such as openai/gpt-5 or baseline/guess, or command:<program>, replay:<run>, module:<file>';
