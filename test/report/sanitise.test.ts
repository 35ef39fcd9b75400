import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sanitise, sanitiseLine, truncate } from '../../harness/report/sanitise.ts';

/** What no terminal may be given from a reply, written apart from the code under test: by code point. */
function dangerous(text: string): string[] {
  return [...text].filter((character) => {
    const code = character.codePointAt(0) as number;
    const control = (code < 0x20 && code !== 9 && code !== 10) || (code >= 0x7f && code <= 0x9f);
    const bidi =
      [0x61c, 0x200e, 0x200f].includes(code) ||
      (code >= 0x202a && code <= 0x202e) ||
      (code >= 0x2066 && code <= 0x2069);
    return control || bidi || (code >= 0xd800 && code <= 0xdfff);
  });
}
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\x1b[31m',
        '\x1b]0;title\x07',
        '\x1b]8;;http://x\x1b\\',
        '\x9b2J',
        '\r',
        '\b',
        '\0',
        '\u202e',
        '\u2066',
        '\ud800',
        '\udc00',
      ),
      fc.string({ unit: 'binary' }),
      fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    ),
  )
  .map((parts) => parts.join(''));

describe('sanitise', () => {
  it('lets nothing through that a terminal would obey', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(dangerous(sanitise(text))).toEqual([]);
        expect(dangerous(sanitiseLine(text))).toEqual([]);
        expect(sanitiseLine(text)).not.toMatch(/[\n\t]/);
      }),
      { numRuns: 500 },
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(sanitise(sanitise(text))).toBe(sanitise(text));
      }),
    );
  });

  it('keeps plain text, Chinese, units, emoji and their joiners as they are', () => {
    const text = 'λ = 9.14826 $/MWh\n\t负荷 3.2亿度，³√−5 ½ 👷‍♀️ 𠮷 é';
    expect(sanitise(text)).toBe(text);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0x4e00, max: 0x9fff })), (codes) => {
        const chinese = String.fromCodePoint(...codes);
        expect(sanitise(chinese)).toBe(chinese);
      }),
    );
  });

  it('shows what was there instead of hiding it', () => {
    expect(sanitise('\x1b[2Jok')).toBe('␛[2Jok');
    expect(sanitise('42\r99')).toBe('42␍99');
    expect(sanitise('a\r\nb')).toBe('a\nb');
    expect(sanitise('\u202e')).toBe('\\u{202e}');
    expect(sanitise('\x9b')).toBe('\\u{9b}');
    expect(sanitise('x\ud800')).toBe('x\ufffd');
  });

  it('cuts by characters, never through a surrogate pair', () => {
    expect(truncate('𠮷𠮷𠮷𠮷', 3)).toBe('𠮷𠮷…');
    expect(truncate('abc', 3)).toBe('abc');
  });
});
