import { replacementOf } from './characters.ts';
import { ENTITIES, LATEX, LATEX_SIGNS, mathDollars, SIUNITX, TAG, tagText } from './markup.ts';

/** A text in plain characters, each of which knows where it came from. */
export interface Normalised {
  text: string;
  source: string;
  /** UTF-16 offsets into the source of each character of `text`. */
  starts: Int32Array;
  ends: Int32Array;
}

const SIMPLE_PART = /\{[0-9A-Za-z.\u4e00-\u9fff]{1,12}\}/y;
const COMMAND = /[A-Za-z]{1,20}/y;
const ENTITY = /&([a-zA-Z]{2,6}\d{0,2});/y;

/** Only these ASCII characters may be markup; all others stand for themselves. */
const MARKUP = new Set([...'*_`\\{}$<&>^~'].map((char) => char.charCodeAt(0)));

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isWord = (code: number): boolean =>
  isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code > 0x2fff;
const isBlank = (code: number): boolean => code === 32 || (code >= 9 && code <= 13) || Number.isNaN(code);

type Brace = 'plain' | 'over' | 'under' | 'over()' | 'under()';

/** Strips Markdown, LaTeX and HTML and folds character forms, in one pass over the source. */
class Normaliser {
  private readonly source: string;
  private codes: Uint16Array;
  private starts: Int32Array;
  private ends: Int32Array;
  private length = 0;
  private at = 0;
  private raised = false;
  private readonly braces: Brace[] = [];
  private dollars: ReadonlySet<number> | undefined;
  /** What the next opening brace is a part of, after `\frac`. */
  private next: 'over' | 'under' | undefined;

  constructor(source: string) {
    this.source = source;
    const room = source.length + 64;
    this.codes = new Uint16Array(room);
    this.starts = new Int32Array(room);
    this.ends = new Int32Array(room);
  }

  run(): Normalised {
    const { source } = this;
    while (this.at < source.length) {
      const code = source.charCodeAt(this.at);
      if (code >= 128) this.foreign(code);
      else if (MARKUP.has(code)) this.markup(source.charAt(this.at));
      else this.emitCode(code, 1);
    }
    const text = decode(this.codes.subarray(0, this.length));
    return {
      text,
      source,
      starts: this.starts.subarray(0, this.length),
      ends: this.ends.subarray(0, this.length),
    };
  }

  private last(): number {
    return this.length > 0 ? (this.codes[this.length - 1] as number) : Number.NaN;
  }

  private push(code: number, start: number, end: number): void {
    if (this.length === this.codes.length) this.grow();
    this.codes[this.length] = code;
    this.starts[this.length] = start;
    this.ends[this.length++] = end;
  }

  private grow(): void {
    const room = this.codes.length * 2;
    const widen = <T extends Uint16Array | Int32Array>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    this.codes = widen(this.codes, new Uint16Array(room));
    this.starts = widen(this.starts, new Int32Array(room));
    this.ends = widen(this.ends, new Int32Array(room));
  }

  private emitCode(code: number, width: number): void {
    this.push(code, this.at, this.at + width);
    this.at += width;
    this.raised = false;
  }

  /** Writes `text` in place of `width` characters of the source. */
  private emit(text: string, width: number): void {
    for (let i = 0; i < text.length; i++) this.push(text.charCodeAt(i), this.at, this.at + width);
    this.at += width;
    this.raised = false;
  }

  private foreign(code: number) {
    if (code === 0xd835) return this.mathDigit();
    if (code === 0xff0c) return this.wideComma();
    const replacement = replacementOf(code);
    if (!replacement) return this.emitCode(code, 1);
    const { kind, text } = replacement;
    if (kind === 'plain') return this.emit(text, 1);
    if (kind === 'fraction') return this.emit(isDigit(this.last()) ? ` ${text}` : text, 1);
    const caret = this.raised ? '' : '^';
    this.emit(caret + text, 1);
    this.raised = true;
  }

  /** Bold and sans digits of mathematics, U+1D7CE to U+1D7FF. */
  private mathDigit() {
    const low = this.source.charCodeAt(this.at + 1);
    if (low >= 0xdfce && low <= 0xdfff) this.emit(String((low - 0xdfce) % 10), 2);
    else this.emitCode(0xd835, 1);
  }

  /** `，` groups digits only among fullwidth digits; elsewhere it is punctuation. */
  private wideComma() {
    const before = this.source.charCodeAt(this.at - 1);
    const after = this.source.charCodeAt(this.at + 1);
    const wide = (code: number) => code >= 0xff10 && code <= 0xff19;
    if (wide(before) && wide(after)) this.emit(',', 1);
    else this.emitCode(0xff0c, 1);
  }

  private markup(char: string) {
    switch (char) {
      case '\\':
        return this.command();
      case '{':
        return this.openBrace();
      case '}':
        return this.closeBrace();
      case '$':
        return this.dollar();
      case '<':
        return this.tag();
      case '&':
        return this.entity();
      case '`':
        return this.emit('', 1);
      case '*':
        return this.star();
      case '_':
        return this.underscore();
      default:
        return this.lineSign(char);
    }
  }

  private command() {
    COMMAND.lastIndex = this.at + 1;
    const name = COMMAND.exec(this.source)?.[0];
    if (name === undefined) {
      const sign = this.source.charAt(this.at + 1);
      return this.emit(LATEX_SIGNS.get(sign) ?? '', LATEX_SIGNS.has(sign) ? 2 : 1);
    }
    const width = name.length + 1;
    if (/^[dt]?frac$/.test(name)) {
      this.next = 'over';
      return this.emit(isDigit(this.last()) ? ' ' : '', width);
    }
    const text = LATEX.get(name) ?? SIUNITX.get(name);
    // "\n" and "\t" of a reply that was escaped twice: \nPower is a line's start, \times was taken above.
    if (text === undefined && (name.startsWith('n') || name.startsWith('t')) && /^[nt][A-Z]/.test(name)) {
      return this.emit('\n', 2);
    }
    this.emit(text ?? name, width);
    const after = this.source.charCodeAt(this.at);
    // `\mathrm MW` and `\times 10`: the blank that ends a command is not part of the text.
    if (text === '' && after === 32 && name !== 'right' && name !== 'left') this.emit(' ', 1);
  }

  private openBrace() {
    SIMPLE_PART.lastIndex = this.at;
    const part = this.next;
    const simple = part !== undefined && SIMPLE_PART.test(this.source);
    this.next = undefined;
    if (part) {
      this.braces.push(simple ? part : `${part}()`);
      return this.emit(simple ? '' : '(', 1);
    }
    this.braces.push('plain');
    if (this.source[this.at + 1] === ',' && this.source[this.at + 2] === '}') return this.emit('', 1);
    // After a command, a caret or a unit the brace only groups; before anything else it parts, as in JSON.
    const last = this.last();
    this.emit(isDigit(last) && this.source[this.at - 1] !== '^' ? ' ' : '', 1);
  }

  private closeBrace() {
    const brace = this.braces.pop() ?? 'plain';
    const close = brace.endsWith('()') ? ')' : '';
    if (brace.startsWith('over')) {
      const opens = this.source[this.at + 1] === '{';
      if (opens) this.next = 'under';
      return this.emit(opens ? `${close}/` : close, 1);
    }
    const after = this.source.charCodeAt(this.at + 1);
    const grouped = this.source[this.at - 1] === ',';
    this.emit(isWord(after) && !grouped && close === '' ? ' ' : close, 1);
  }

  private dollar() {
    this.dollars ??= mathDollars(this.source);
    this.emit(this.dollars.has(this.at) ? '' : '$', 1);
  }

  private tag() {
    TAG.lastIndex = this.at;
    const match = TAG.exec(this.source);
    if (match) this.emit(tagText(match[0], (match[1] ?? '').toLowerCase()), match[0].length);
    else if (this.source[this.at + 1] === '=') this.emit('≤', 2);
    else this.emitCode(60, 1);
  }

  private entity() {
    ENTITY.lastIndex = this.at;
    const match = ENTITY.exec(this.source);
    const text = match ? ENTITIES.get(match[1] ?? '') : undefined;
    if (match && text !== undefined) this.emit(text, match[0].length);
    else this.emitCode(38, 1);
  }

  /** `**350**` is bold and `*350*` italic; `3*4` and `2**3` are arithmetic. */
  private star() {
    const { source, at } = this;
    const double = source[at + 1] === '*';
    const width = double ? 2 : 1;
    const before = source.charCodeAt(at - 1);
    const after = source.charCodeAt(at + width);
    if (isDigit(before) && isDigit(after)) return this.emit(double ? '^' : '*', width);
    if (double) return this.emit('', 2);
    const parted = isBlank(before) && isBlank(after);
    const joined = isWord(before) && isWord(after);
    this.emit(parted || joined ? '*' : '', 1);
  }

  private underscore() {
    const { source, at } = this;
    const before = source.charCodeAt(at - 1);
    const after = source.charCodeAt(at + 1);
    // CO_2 and CO_{2} are CO2; other subscripts stay, since they make a name (`P_1`).
    if (source.slice(at - 2, at).toUpperCase() === 'CO' && /^\{?2/.test(source.slice(at + 1, at + 3))) {
      return this.emit('', 1);
    }
    const emphasis = !isWord(before) || !(isWord(after) || after === 123 || after === 92);
    this.emit(emphasis ? '' : '_', 1);
  }

  private lineSign(char: string) {
    const { source, at } = this;
    if (char === '>') {
      // A quotation mark at a line's start, not "greater than".
      const quote =
        (at === 0 || source[at - 1] === '\n') &&
        source[at + 1] === ' ' &&
        !/[\d$€£¥.-]/.test(source.charAt(at + 2));
      if (source[at + 1] === '=') return this.emit('≥', 2);
      return this.emit(quote ? ' ' : '>', 1);
    }
    if (char === '^' && /^\{?\\(circ|degree)/.test(source.slice(at + 1, at + 9))) return this.emit('', 1);
    // A tie between a number and its unit, `350~MW`; elsewhere "about" or "to".
    if (char === '~' && isDigit(source.charCodeAt(at - 1)) && /[A-Za-z\\]/.test(source.charAt(at + 1))) {
      return this.emit(' ', 1);
    }
    if (char === '~' && source[at + 1] === '~') return this.emit('', 2);
    this.emitCode(char.charCodeAt(0), 1);
  }
}

const CHUNK = 8192;

function decode(codes: Uint16Array): string {
  if (codes.length > CHUNK) return decodeLong(codes);
  return String.fromCharCode.apply(undefined, codes as unknown as number[]);
}

/** In pieces, since a call takes only so many arguments; lone surrogates stay as they are, which TextDecoder would not do. */
function decodeLong(codes: Uint16Array): string {
  const pieces: string[] = [];
  for (let i = 0; i < codes.length; i += CHUNK) pieces.push(decode(codes.subarray(i, i + CHUNK)));
  return pieces.join('');
}

export function normalise(source: string): Normalised {
  return new Normaliser(source).run();
}
