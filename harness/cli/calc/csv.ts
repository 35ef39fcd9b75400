import { UserError } from '../../core/errors.ts';

/**
 * A CSV with a header line, as RFC 4180 has it: quoted cells may hold commas, quotes and line ends.
 * Cells that are numbers become numbers, empty cells are left out.
 * @throws UserError with the line where a row has more cells than the header, or a quote is not closed
 */
export function parseCsv(text: string, file: string): { row: Record<string, unknown>; line: number }[] {
  const [header, ...records] = recordsOf(text, file);
  if (!header) throw new UserError([{ place: { file }, message: 'is empty' }]);
  const names = header.cells.map((name) => name.trim());
  return records
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
    .map(({ cells, line }) => {
      if (cells.length > names.length) {
        const message = `has ${cells.length} cells, but the header names ${names.length}`;
        throw new UserError([{ place: { file, line }, message, hint: 'quote a cell that holds a comma' }]);
      }
      const members = cells.flatMap((cell, i) =>
        cell.trim() === '' ? [] : [[names[i] as string, cellValue(cell)] as const],
      );
      return { row: Object.fromEntries(members), line };
    });
}

const cellValue = (cell: string): string | number => {
  const number = Number(cell);
  return Number.isFinite(number) ? number : cell.trim();
};

function recordsOf(text: string, file: string): { cells: string[]; line: number }[] {
  const records: { cells: string[]; line: number }[] = [];
  let cells: string[] = [];
  let cell = '';
  let line = 1;
  let started = 1;
  let quotedAt: number | undefined;
  const endRecord = () => {
    records.push({ cells: [...cells, cell], line: started });
    cells = [];
    cell = '';
    started = line;
  };
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string;
    if (char === '\n') line++;
    if (quotedAt !== undefined) {
      if (char !== '"') cell += char;
      else if (text[i + 1] === '"') cell += text[++i];
      else quotedAt = undefined;
    } else if (char === '"' && cell === '') quotedAt = line;
    else if (char === ',') {
      cells.push(cell);
      cell = '';
    } else if (char === '\n') endRecord();
    else if (char !== '\r') cell += char;
  }
  if (quotedAt !== undefined)
    throw new UserError([{ place: { file, line: quotedAt }, message: 'a quote is not closed' }]);
  if (cell !== '' || cells.length > 0) endRecord();
  return records;
}
