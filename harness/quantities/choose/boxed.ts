const OPEN = '\\boxed';
const MOST = 64;

/** Spans of the source inside `\boxed{…}`, braces balanced, from left to right. */
export function boxedSpans(source: string): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = [];
  let at = source.indexOf(OPEN);
  while (at >= 0 && spans.length < MOST) {
    const open = at + OPEN.length;
    const end = source[open] === '{' ? closing(source, open) : -1;
    if (end > 0) spans.push({ start: open + 1, end });
    at = source.indexOf(OPEN, Math.max(end, open));
  }
  return spans;
}

const LONGEST_BOX = 600;

function closing(source: string, open: number): number {
  let depth = 0;
  const limit = Math.min(source.length, open + LONGEST_BOX);
  for (let i = open; i < limit; i++) {
    const char = source[i];
    if (char === '\\') i++;
    else if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return i;
  }
  return -1;
}
