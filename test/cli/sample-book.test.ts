import { describe, expect, it } from 'vitest';
import { createSampleBook } from '../../harness/cli/sample-book.ts';
import { makeSamples } from '../run/made.ts';

describe('the samples of a run', () => {
  const bookOf = (count: number, known = false) => {
    let made = 0;
    const make = function* () {
      for (const sample of makeSamples(count)) {
        made += 1;
        yield sample;
      }
    };
    const book = createSampleBook(make, known ? count : undefined);
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

  it('are made once for readers side by side where it is known that they are few, and none before it is read', () => {
    const { book, made } = bookOf(1500, true);
    const [slow, fast] = [book.all()[Symbol.iterator](), book.all()[Symbol.iterator]()];
    expect(made()).toBe(0);
    const first = Array.from({ length: 100 }, () => fast.next().value);
    expect([made(), Array.from({ length: 100 }, () => slow.next().value)]).toEqual([100, first]);
    expect(book.lookup(makeSamples(100)[99]?.hash ?? '')).toBe(first[99]);
    const all = [...book.all()];
    expect(all.map(({ hash }) => hash)).toEqual(makeSamples(1500).map(({ hash }) => hash));
    for (const reader of [slow, fast]) expect(reader.next().value).toBe(all[100]);
    expect(made()).toBe(1500);
  });

  it('are made for each reader from the start where it is known that they are many', () => {
    const { book, made } = bookOf(4100, true);
    expect([...book.all()].length + [...book.all()].length).toBe(8200);
    expect(made()).toBe(8200);
  });

  it('whose making fails fail every reader, and none takes that for the end', () => {
    const book = createSampleBook(function* () {
      yield* makeSamples(2);
      throw new Error('cannot be drawn');
    }, 3);
    for (const _ of [1, 2]) expect(() => [...book.all()]).toThrow('cannot be drawn');
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
