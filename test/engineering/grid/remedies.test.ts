import { describe, expect, it } from 'vitest';
import { builtinNetwork } from '../../../harness/engineering/grid/builtin.ts';
import {
  addShunt,
  setDispatch,
  setShift,
  setTap,
  setVoltage,
  shedLoad,
  switchBranch,
  switchGenerator,
} from '../../../harness/engineering/grid/remedies.ts';

const network = builtinNetwork('case14')!;

describe('remedies', () => {
  it('leave the network they are given as it was', () => {
    const before = structuredClone(network);
    setTap(network, 7, 0.9);
    addShunt(network, 9, 5);
    shedLoad(network, 3, 50);
    setVoltage(network, 2, 1.02);
    switchBranch(network, 0, false);
    expect(network).toEqual(before);
  });

  it('change the one thing they name', () => {
    expect(setTap(network, 7, 0.9).branches[7]!.tap).toBe(0.9);
    expect(setShift(network, 7, -10).branches[7]!.shift_deg).toBe(-10);
    expect(addShunt(network, 9, 5).buses[8]!.b_shunt_mvar).toBe(24);
    expect(setDispatch(network, 1, 55).generators[1]!.p_mw).toBe(55);
    expect(switchGenerator(network, 1, false).generators[1]!.in_service).toBe(false);
    expect(switchBranch(network, 0, false).branches.filter((b) => !b.in_service)).toHaveLength(1);
  });

  it('shed load at its own power factor, and no more than there is', () => {
    const { p_load_mw, q_load_mvar } = shedLoad(network, 3, 47.1).buses[2]!;
    expect(p_load_mw).toBeCloseTo(47.1, 12);
    expect(q_load_mvar).toBeCloseTo(9.5, 12);
    expect(() => shedLoad(network, 3, 95)).toThrow(RangeError);
    expect(() => shedLoad(network, 3, -1)).toThrow(RangeError);
  });

  it.each([
    () => setTap(network, 99, 1),
    () => setTap(network, -1, 1),
    () => setTap(network, 0.5, 1),
    () => setTap(network, 7, 0),
    () => setTap(network, 7, Number.NaN),
    () => addShunt(network, 99, 1),
    () => addShunt(network, 9, Number.POSITIVE_INFINITY),
    () => setVoltage(network, 4, 1),
    () => setVoltage(network, 99, 1),
    () => setDispatch(network, 5, 1),
  ])('refuse a target or a value that a plan cannot mean: %s', (remedy) => {
    expect(remedy).toThrow(RangeError);
  });
});
