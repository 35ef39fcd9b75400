/**
 * Reads server-sent events (WHATWG HTML, 9.2) from bytes in whatever pieces the network cut them, and gives the data of each.
 * Event names and ids are left out: the vendors repeat them in the data.
 */
export function createSseReader(): { push(bytes: Uint8Array): string[]; end(): string[] } {
  // Decodes across pieces: a Chinese character is often cut between two packets. Drops a byte order mark.
  const decoder = new TextDecoder('utf-8');
  let rest: string[] = [];
  let data: string[] = [];
  // A CR that ended a piece may be the first half of CRLF.
  let afterCr = false;

  const line = (text: string, events: string[]) => {
    if (text === '') {
      if (data.length > 0) events.push(data.join('\n'));
      data = [];
    } else if (text.startsWith('data:')) data.push(text.slice(text[5] === ' ' ? 6 : 5));
    else if (text === 'data') data.push('');
  };
  const feed = (text: string): string[] => {
    const events: string[] = [];
    if (afterCr && text.startsWith('\n')) text = text.slice(1);
    if (text !== '') afterCr = text.endsWith('\r');
    const lines = text.split(/\r\n|\n|\r/);
    // Kept as pieces and joined once: a long line that drips in would be copied at every piece.
    for (const [at, piece] of lines.entries()) {
      rest.push(piece);
      if (at === lines.length - 1) break;
      line(rest.length === 1 ? piece : rest.join(''), events);
      rest = [];
    }
    return events;
  };
  return {
    push: (bytes) => feed(decoder.decode(bytes, { stream: true })),
    // Some servers forget the blank line after their last event.
    end: () => feed(`${decoder.decode()}\n\n`),
  };
}
