import { fieldNumber, parseUnit, type Unit } from '../../../quantities/index.ts';
import { type Device, shown } from './devices.ts';

const plain = (name: string) =>
  name
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s_-]/g, '');
const PER_UNIT = parseUnit('p.u.') as Unit;
const COUNT = parseUnit('') as Unit;

/** Positions that a model proposed, by device; what it does not name stays. A position between two, or out of range, is a fault. */
export function readRemedy(
  devices: readonly Device[],
  proposal: unknown,
): { positions: number[] } | { fault: string } {
  if (typeof proposal !== 'object' || proposal === null || Array.isArray(proposal))
    return { fault: 'the remedy is not an object by device' };
  const given = new Map(Object.entries(proposal).map(([key, value]) => [plain(key), value as unknown]));
  const stranger = [...given.keys()].find((key) => !devices.some(({ name }) => plain(name) === key));
  if (stranger !== undefined) return { fault: `"${stranger.slice(0, 40)}" is no device of the question` };
  const positions: number[] = [];
  for (const device of devices) {
    const value = given.has(plain(device.name)) ? given.get(plain(device.name)) : shown(device, device.now);
    const number = fieldNumber(value, device.kind === 'setpoint' ? PER_UNIT : COUNT);
    if (number === undefined) return { fault: `the setting of ${device.name} is not a number` };
    // 1.03 times 100 is not 103 in binary.
    const position = device.kind === 'setpoint' ? Number((number * 100).toFixed(6)) : number;
    if (!Number.isInteger(position)) return { fault: `${device.name} has no position ${number}` };
    if (position < device.lowest || position > device.highest)
      return { fault: `${device.name} is set to ${number}, outside its range` };
    positions.push(position);
  }
  return { positions };
}
