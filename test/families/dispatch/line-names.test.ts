import { describe, expect, it } from 'vitest';
import { withoutNoun } from '../../../harness/core/nouns.ts';
import { lineOption, readLines } from '../../../harness/families/dispatch/line-names.ts';
import { readSchedule } from '../../../harness/families/dispatch/schedule-reading.ts';
import { readPlan } from '../../../harness/families/plan-reading.ts';

const KNOWN = ['L1-2', 'L1-4', 'L2-3'];

describe('names as people write them', () => {
  it('reads a line from its other end, with its noun, and lists told in one text', () => {
    for (const said of [
      ['L4-1', 'L2-3'],
      ['line 1-4', 'Line L3-2'],
      ['线路L1-4', '线路 2-3'],
      'L1-4、L2-3',
      'L1–4, L2-3',
    ])
      expect([...(readLines(said, KNOWN) ?? [])].sort()).toEqual(['L1-4', 'L2-3']);
    expect(readLines('', KNOWN)).toEqual(new Set());
    expect(lineOption('L1-4')).toEqual({ id: 'L1-4', labels: ['L1-4', 'L4-1'] });
  });

  it('leaves what is no line as it is, and refuses what is no list', () => {
    expect(readLines(['L9-9', 7, null], KNOWN)).toEqual(new Set(['L9-9', '']));
    expect(readLines({ length: 1 }, KNOWN)).toBeUndefined();
    expect(readLines(Array(200).fill('L1-2'), KNOWN)).toBeUndefined();
  });

  it('takes "Unit G1" and "机组G1" for G1 in plans and schedules, but no name for a part of itself', () => {
    expect(readPlan({ 'Unit G1': 5, 机组G2: '7 MW' }, ['G1', 'G2'], 'MW')).toEqual({ values: [5, 7] });
    expect(readPlan({ 'Unit 1': 5, 'line 1': 6 }, ['unit 1', 'line 1'], 'MW')).toEqual({ values: [5, 6] });
    expect(readSchedule({ '机组 G1': { 'hour 1': 3, 'hour 2': 4 } }, ['G1'], 2, 'MW')).toEqual({
      values: [[3, 4]],
    });
    expect(readPlan({ 'Unit G3': 5, G2: 7 }, ['G1', 'G2'], 'MW')).toHaveProperty('fault');
    expect([withoutNoun('united'), withoutNoun('bus'), withoutNoun('节点12')]).toEqual([
      'united',
      'bus',
      '12',
    ]);
  });
});
