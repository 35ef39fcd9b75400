/** Where something lies in a case file. Lines and columns count from 1. */
export interface CasePlace {
  file: string;
  line: number;
  col: number;
}

/** One fault of a case file. The message speaks of the fault alone: `file`, `line` and `col` say where, `hint` how to mend it. */
export class MatpowerError extends Error {
  override readonly name = 'MatpowerError';
  readonly file: string;
  readonly line: number;
  readonly col: number;
  readonly hint: string | undefined;

  constructor({ file, line, col }: CasePlace, message: string, hint?: string) {
    super(message);
    this.file = file;
    this.line = line;
    this.col = col;
    this.hint = hint;
  }

  override toString(): string {
    return `${this.file}:${this.line}:${this.col}  ${this.message}${this.hint ? `\n  hint: ${this.hint}` : ''}`;
  }
}

/** Says that the text at an offset is at fault. */
export type Fail = (offset: number, message: string, hint?: string) => never;

export function failAt(text: string, file: string): Fail {
  return (offset, message, hint) => {
    const before = text.slice(0, offset);
    const line = before.split('\n').length;
    throw new MatpowerError({ file, line, col: offset - before.lastIndexOf('\n') }, message, hint);
  };
}
