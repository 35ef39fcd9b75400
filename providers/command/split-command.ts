import { UserError } from '../../harness/core/errors.ts';

/**
 * Splits `program arg "an arg with spaces" 'another'` into words. Nothing else is special: no variable, glob, pipe or backslash,
 * since no shell will see it.
 * @throws UserError for an open quote or an empty command
 */
export function splitCommand(text: string): { program: string; args: string[] } {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (const char of text) {
    if (quote !== undefined) {
      if (char === quote) quote = undefined;
      else word += char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + char;
  }
  if (quote !== undefined) throw new UserError(`command:${text}: the quote ${quote} is not closed`);
  if (word !== undefined) words.push(word);
  const [program, ...args] = words;
  if (!program) throw new UserError('command: names no program', 'write command:./my-model.py --fast');
  return { program, args };
}
