import type { Fail } from './matpower-error.ts';

export interface Token {
  kind: 'number' | 'string' | 'word' | 'mark' | 'newline' | 'end';
  /** As written; the inner text of a string. */
  text: string;
  at: number;
  /** White space stood before it: in a matrix `1 -2` is two elements and `1-2` an expression. */
  spaced: boolean;
}

const NUMBER = /(?:\d+(?:\.(?!\.\.)\d*)?|\.\d+)(?:[eEdD][+-]?\d+)?/y;
const WORD = /[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/y;
const BLANK = /[ \t\r\f\v\u00a0]+/y;
const REST_OF_LINE = /[^\n]*/y;
const BLOCK_COMMENT_OPEN = /%\{[ \t\r]*(?=\n|$)/y;
const BLOCK_COMMENT_CLOSE = /^[ \t]*%\}[ \t\r]*$/m;

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** A quote after a value is MATLAB's transpose; anywhere else it opens a string. */
function opensString(previous: Token | undefined, spaced: boolean): boolean {
  if (!previous || spaced) return true;
  return !(previous.kind === 'number' || previous.kind === 'word' || /^[)\]}']$/.test(previous.text));
}

/** Length of what is skipped at `at`: blanks, comments, and `...` with the line break it joins. 0 for anything else. */
function skipLength(text: string, at: number, fail: Fail): number {
  const blank = match(BLANK, text, at);
  if (blank) return blank.length;
  if (text.startsWith('...', at)) return (match(REST_OF_LINE, text, at) as string).length + 1;
  if (text[at] !== '%') return 0;
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const open = text.slice(lineStart, at).trim() === '' ? match(BLOCK_COMMENT_OPEN, text, at) : undefined;
  if (!open) return (match(REST_OF_LINE, text, at) as string).length;
  const close = BLOCK_COMMENT_CLOSE.exec(text.slice(at + open.length));
  if (!close) return fail(at, 'this block comment is never closed', 'end it with %} on a line of its own');
  return open.length + close.index + close[0].length;
}

function readString(text: string, at: number, fail: Fail): { text: string; length: number } {
  const quote = text[at] as string;
  let value = '';
  for (let i = at + 1; i < text.length && text[i] !== '\n'; i++) {
    if (text[i] !== quote) value += text[i];
    else if (text[i + 1] === quote) value += text[++i];
    else return { text: value, length: i + 1 - at };
  }
  return fail(at, 'this text is never closed', `end it with ${quote} on the same line`);
}

/** Splits a MATLAB text into tokens. Nothing of it is ever run; what has no meaning in a case file is refused later, by place. */
export function tokenize(text: string, fail: Fail): Token[] {
  const tokens: Token[] = [];
  let spaced = false;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const push = (kind: Token['kind'], inner: string, length: number) => {
    tokens.push({ kind, text: inner, at, spaced });
    at += length;
    spaced = false;
  };
  while (at < text.length) {
    const skip = skipLength(text, at, fail);
    const char = text[at] as string;
    const number = skip ? undefined : match(NUMBER, text, at);
    if (skip) {
      at += skip;
      spaced = true;
    } else if (char === '\n') push('newline', char, 1);
    else if (number) push('number', number, number.length);
    else if (char === '"' || (char === "'" && opensString(tokens.at(-1), spaced))) {
      const string = readString(text, at, fail);
      push('string', string.text, string.length);
    } else {
      const word = match(WORD, text, at);
      if (word) push('word', word, word.length);
      else push('mark', char, 1);
    }
  }
  tokens.push({ kind: 'end', text: '', at: text.length, spaced });
  return tokens;
}
