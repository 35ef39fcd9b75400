import { describe, expect, it } from 'vitest';
import {
  judgingName,
  judgingOrder,
  judgingRemarks,
  recordedJudging,
} from '../../harness/cli/actions/run/judging.ts';
import { modelNames } from '../../harness/cli/commands/options.ts';
import type { EventOf } from '../../harness/core/event.ts';

const named = (judge: string[], more: object = {}) => {
  const order = judgingOrder({ judge, ...more });
  return order && judgingName(order);
};

describe('judges on the command line', () => {
  it('are parted at commas and by repeating, but a command of the user keeps its own commas', () => {
    expect(modelNames('a/x, b/y', ['c/z'])).toEqual(['c/z', 'a/x', 'b/y']);
    expect(modelNames('command:./judge.py --weights 1,2')).toEqual(['command:./judge.py --weights 1,2']);
    expect(modelNames('a/x,,')).toEqual(['a/x']);
  });
  it('have one name for one way of judging, whatever the order they were named in', () => {
    expect(named(['a/x'])).toBe('a/x');
    expect(named(['c/z', 'a/x', 'b/y'])).toBe(named(['a/x', 'b/y', 'c/z']));
    const names = [
      named(['a/x']),
      named(['a/x'], { judgeBatch: true }),
      named(['a/x', 'b/y', 'c/z']),
      named(['a/x', 'b/y', 'c/z'], { judgeVote: 'mean' }),
      named(['a/x', 'b/y', 'c/z'], { judgeBatch: true }),
      named(['a/x', 'b/y', 'd/w']),
    ];
    expect(new Set(names).size).toBe(names.length);
  });
  it('decide by the mean where there are two, and by majority where there are three', () => {
    expect(judgingOrder({ judge: ['a/x', 'b/y'] })?.vote).toBe('mean');
    expect(judgingOrder({ judge: ['a/x', 'b/y', 'c/z'] })?.vote).toBe('majority');
    expect(judgingOrder({ judge: ['a/x'] })).toEqual({ models: ['a/x'], batch: false });
    expect(judgingOrder({})).toBeUndefined();
  });
  it('are taken up by resume as they were, in runs of before there were panels too', () => {
    const start = { judge: 'a/x' } as EventOf<'run-start'>;
    expect(recordedJudging(start)).toEqual({ models: ['a/x'], batch: false });
    const record = (id: string) => ({ id, provider: 'p', baseline: false, settings: {} });
    const panel = {
      judge: 'any name',
      judges: [record('a/x'), record('b/y')],
      judging: { vote: 'mean', batch: true },
    };
    expect(recordedJudging(panel as EventOf<'run-start'>)).toEqual({
      models: ['a/x', 'b/y'],
      vote: 'mean',
      batch: true,
    });
    expect(recordedJudging({} as EventOf<'run-start'>)).toBeUndefined();
  });
  it('are remarked on where two share a house, or one judges itself', () => {
    expect(judgingRemarks(['a/x', 'b/y', 'a/z'], ['c/m'])).toEqual([
      expect.stringContaining('two judges are of a'),
    ]);
    expect(judgingRemarks(['a/x'], ['a/x', 'b/y'])).toEqual([expect.stringContaining('its own replies')]);
    expect(judgingRemarks(['a/x', 'b/y'], ['c/m'])).toEqual([]);
  });
});
