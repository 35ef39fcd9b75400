import { describe, expect, it } from 'vitest';
import { createSampleBook } from '../../harness/cli/sample-book.ts';
import { makeSamples } from '../run/made.ts';

describe('the samples of a run', () => {
  const bookOf = (count: number) => {
    let made = 0;
    const book = createSampleBook(function* () {
      for (const sample of makeSamples(count)) {
        made += 1;
        yield sample;
      }
    });
    return { book, made: () => made };
  };

  it('are made once where they are few, and all are found by their hash', () => {
    const { book, made } = bookOf(1500);
    const first = [...book.all()];
    expect([...book.all()]).toEqual(first);
    expect(made()).toBe(1500);
    expect(first.every((sample) => book.lookup(sample.hash) === sample)).toBe(true);
  });

  it('are made anew for each reader where they are many, and only those just given are found', () => {
    const { book, made } = bookOf(4100);
    const first = [...book.all()];
    expect(book.lookup(first[0]?.hash ?? '')).toBeUndefined();
    expect(book.lookup(first.at(-1)?.hash ?? '')).toBe(first.at(-1));
    expect([...book.all()].map(({ id }) => id)).toEqual(first.map(({ id }) => id));
    expect(made()).toBe(8200);
  });

  it.each([990, 3000])('are found by a slow reader for a while, with another %i ahead', (ahead) => {
    const { book } = bookOf(4100);
    const slow = book.all()[Symbol.iterator]();
    const fast = book.all()[Symbol.iterator]();
    for (let i = 0; i < ahead; i++) fast.next();
    for (let i = 0; i < 20; i++) {
      const { value } = slow.next() as { value: { hash: string } };
      for (let step = 0; step < 30; step++) fast.next();
      expect(book.lookup(value.hash)).toBe(value);
    }
  });
});
