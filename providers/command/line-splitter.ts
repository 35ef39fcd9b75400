/** Cuts a stream of bytes into lines, whatever pieces it comes in. */
export interface LineSplitter {
  /** @returns the lines that this piece ended, or 'too-long' once one line has outgrown the limit */
  push(bytes: Uint8Array): string[] | 'too-long';
}

export function createLineSplitter(longestLine: number): LineSplitter {
  const decoder = new TextDecoder('utf-8');
  // Kept in pieces until the line ends: joining at every piece would copy a long line over and over.
  let pieces: string[] = [];
  let length = 0;
  return {
    push(bytes) {
      const parts = decoder.decode(bytes, { stream: true }).split('\n');
      const lines: string[] = [];
      for (const [at, part] of parts.entries()) {
        pieces.push(part);
        length += part.length;
        if (length > longestLine) return 'too-long';
        if (at === parts.length - 1) break;
        lines.push(pieces.join('').replace(/\r$/, ''));
        pieces = [];
        length = 0;
      }
      return lines;
    },
  };
}
