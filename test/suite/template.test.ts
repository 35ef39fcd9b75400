import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTemplate, TemplateFault } from '../../harness/suite/template.ts';

const render = (text: string, vars: Record<string, unknown> = {}, lang: 'en' | 'zh' = 'en') =>
  parseTemplate(text).render(vars, lang);

describe('filters', () => {
  it.each([
    ['{{ x | fixed: 1 }}', 1234.56, '1234.6'],
    ['{{ x | fixed }}', 0.4, '0'],
    ['{{ x | fixed: 1 }}', -0.01, '0.0'],
    ['{{ x | thousands }}', 1234567.8, '1,234,567.8'],
    ['{{ x | thousands: 2 }}', -1234.5, '-1,234.50'],
    ['{{ x | thousands }}', 999, '999'],
    ['{{ x | thousands }}', 1e21, '1,000,000,000,000,000,000,000'],
    ['{{ x | scale: 0.1 }}', 1234, '123.4'],
    ['{{ x | scale: 0.1 }}', 3, '0.3'],
    ['{{ x | significant: 3 }}', 0.0123456, '0.0123'],
    ['{{ x | significant: 2 }}', 0.000000012, '0.000000012'],
    ['{{ x | significant: 2 }}', 123456, '120000'],
    ['{{ x | signed: 1 }}', 5, '+5.0'],
    ['{{ x | signed: 1 }}', -5, '-5.0'],
    ['{{ x | signed }}', -0.2, '0'],
    ['{{ x | percent: 1 }}', 0.1234, '12.3%'],
  ])('%s of %d is %s', (text, x, shown) => {
    expect(render(text, { x })).toBe(shown);
  });

  it('never shows an exponent, which a reader may take for a product', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e25, max: 1e25 }), (x) => {
        const shown = render('{{ x | significant: 4 }}', { x });
        expect(shown).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Number(shown)).toBe(Number(x.toPrecision(4)) + 0);
      }),
      { numRuns: 300 },
    );
  });

  it.each([['fixed: 1'], ['thousands'], ['scale: 2'], ['significant: 2'], ['signed'], ['percent']])(
    '%s refuses what is no number instead of asking for NaN MW',
    (filter) => {
      for (const x of [NaN, Infinity, '12', null, [1]]) {
        expect(() => render(`{{ x | ${filter} }}`, { x })).toThrow(TemplateFault);
      }
    },
  );

  it('joins a list as each language does', () => {
    const names = ['G1', 'G2', 'G3'];
    expect(render('{{ names | list }}', { names })).toBe('G1, G2 and G3');
    expect(render('{{ names | list }}', { names }, 'zh')).toBe('G1、G2和G3');
    expect(render("{{ names | list: 'or' }}", { names: ['a', 'b'] }, 'zh')).toBe('a或b');
    expect(render('{{ names | list }}', { names: ['a'] })).toBe('a');
    expect(() => render('{{ names | list }}', { names: 'a' })).toThrow('not a list');
  });
});

describe('rendering', () => {
  it('trims what nobody sees: trailing blanks, lines before and after', () => {
    expect(render('\n\na  \n\tb\t\n  c\r\n\n')).toBe('a\n\tb\n  c');
  });

  it('knows the language it is in', () => {
    expect(render('{% if lang == "zh" %}甲{% else %}A{% endif %}', {}, 'zh')).toBe('甲');
  });

  it('shows nothing that an object has from its prototype', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      expect(() => render(`{{ x.${name} }}`, { x: {} })).toThrow(TemplateFault);
      expect(() => render(`{{ x["${name}"] }}`, { x: {} })).toThrow(TemplateFault);
    }
  });

  it('does not let one rendering change the next', () => {
    const template = parseTemplate(
      '{% assign n = n | plus: 1 %}{{ n }}{% increment k %}{% cycle "a", "b" %}',
    );
    expect(template.render({ n: 1 }, 'en')).toBe(template.render({ n: 1 }, 'en'));
  });
});
