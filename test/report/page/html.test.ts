import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataElement, embeddedJson, html, trusted } from '../../../harness/report/page/html.ts';

describe('html', () => {
  it('escapes every value, in content and in attributes', () => {
    const evil = `"'><script>alert(1)</script>&amp;`;
    const { text } = html`<a title="${evil}">${evil}</a>`;
    expect(text).toBe(
      '<a title="&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;">&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;</a>',
    );
  });
  it('does not take an object that looks like HTML for HTML', () => {
    const forged = JSON.parse('{"text":"<b>"}') as never;
    expect(html`${forged}`.text).toBe('[object Object]');
  });
  it('keeps html as it is, joins lists, leaves nothing for what is absent', () => {
    const none: string | undefined = undefined;
    expect(html`${['<', html`<b>${1}</b>`, trusted('<i>')]}${none}${false}${0}`.text).toBe(
      '&lt;<b>1</b><i>0',
    );
  });
});

describe('embedded JSON', () => {
  it('cannot end its element, begin a comment or hold a raw line separator, and parses to the same value', () => {
    const value = { a: '</script><!--<script>\u2028\u2029&amp;', __proto__x: ['<'] };
    const text = embeddedJson(value);
    expect(text).not.toMatch(/[<>&\u2028\u2029]/);
    expect(JSON.parse(text)).toEqual(value);
    expect(dataElement('d', value).text.match(/<\/script/g)).toHaveLength(1);
  });
  it('holds for any value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = embeddedJson(value);
        expect(text).not.toMatch(/[<>&\u2028\u2029]/);
        expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(value));
      }),
      { numRuns: 300 },
    );
  });
});
