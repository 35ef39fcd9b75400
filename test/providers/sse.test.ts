import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSseReader } from '../../providers/http/sse.ts';

const read = (text: string, size = 1e9): string[] => {
  const bytes = Buffer.from(text);
  const reader = createSseReader();
  const events: string[] = [];
  for (let at = 0; at < bytes.length; at += size) events.push(...reader.push(bytes.subarray(at, at + size)));
  return [...events, ...reader.end()];
};

describe('server-sent events', () => {
  it('are the same however the bytes are cut and whichever line ends are used', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1 }).map((s) => `v${s.replace(/[\r\n]/g, '')}`)),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.integer({ min: 1, max: 9 }),
        (values, eol, size) => {
          const text = values.map((value) => `event: x${eol}data: ${value}${eol}${eol}`).join('');
          expect(read(text, size)).toEqual(values);
        },
      ),
    );
  });

  it('do not fall apart where a packet ends between CR and LF', () => {
    const text = 'data: a\r\ndata: b\r\n\r\ndata: c\r\n\r\n';
    for (let size = 1; size < text.length; size++) expect(read(text, size)).toEqual(['a\nb', 'c']);
  });

  it.each([
    ['data: a\ndata: b\n\n', ['a\nb']],
    [': comment\n\ndata:a\n\n', ['a']],
    ['\ufeffdata: a\n\n', ['a']],
    ['data: a\n\ndata: b', ['a', 'b']],
    ['data\n\n', ['']],
    ['id: 1\nretry: 5\n\n', []],
    ['data:  two spaces\n\n', [' two spaces']],
  ])('%j', (text, events) => expect(read(text)).toEqual(events));
});
