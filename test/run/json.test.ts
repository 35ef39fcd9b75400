import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { isJson, jsonSchema } from '../../harness/core/json.ts';

describe('what a score may carry along', () => {
  it('is whatever reads back from its line as it was, as z.json() has it', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: false, maxDepth: 4 }), (value) => {
        expect(isJson(value)).toBe(z.json().safeParse(value).success);
      }),
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(jsonSchema.parse(JSON.parse(JSON.stringify(value)))).toEqual(
          JSON.parse(JSON.stringify(value)),
        );
      }),
    );
  });

  it.each([
    [Number.NaN],
    [Infinity],
    [undefined],
    [[undefined]],
    [{ a: undefined }],
    [10n],
    [new Map()],
    [() => 1],
  ])('is not %s, which no line could hold', (value) => expect(isJson(value)).toBe(false));

  it('is nothing nested so deep that a reader could not follow', () => {
    const nested = (depth: number) => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown;
    expect(isJson(nested(150))).toBe(true);
    expect(isJson(nested(5000))).toBe(false);
  });

  it('may have members of any name', () => {
    expect(isJson(JSON.parse('{"__proto__": {"toString": 1}, "constructor": null}'))).toBe(true);
  });
});
