import { describe, expect, it } from 'vitest';
import { SpareTime } from '../../harness/run/spare-time.ts';

const work = (ms: number) => {
  const until = performance.now() + ms;
  while (performance.now() < until);
};

describe('work that can wait', () => {
  it('is done in the order it came, also what comes while some of it is done', async () => {
    const spare = new SpareTime();
    const done: string[] = [];
    const piece = async (name: string, then?: () => Promise<void>) => {
      await spare.turn();
      done.push(name);
      await then?.();
    };
    await Promise.all([
      piece('a', () => piece('d')),
      piece('b'),
      piece('c', () => piece('e', () => piece('f'))),
    ]);
    expect(done).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    await piece('g');
    expect(done.at(-1)).toBe('g');
  });

  it('lets replies in between pieces that take long, and starts none before what has arrived is dealt with', async () => {
    const spare = new SpareTime();
    const seen: string[] = [];
    const pieces = ['a', 'b', 'c'].map(async (name) => {
      await spare.turn();
      work(3);
      seen.push(name);
      // As a reply would come: in a turn of the event loop of its own.
      setImmediate(() => seen.push(`reply after ${name}`));
    });
    seen.push('arrived');
    await Promise.all(pieces);
    expect(seen).toEqual(['arrived', 'a', 'reply after a', 'b', 'reply after b', 'c']);
  });

  it('goes on where a piece of it fails', async () => {
    const spare = new SpareTime();
    const piece = async (fails: boolean) => {
      await spare.turn();
      if (fails) throw new RangeError('no such unit');
      return 'done';
    };
    const ends = await Promise.allSettled([piece(true), piece(false), piece(true), piece(false)]);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled']);
  });
});
