import { describe, expect, it } from 'vitest';
import { calc } from '../../../harness/cli/actions/calc.ts';
import { calcs } from '../../../harness/cli/calc/registry.ts';
import type { Io } from '../../../harness/cli/io.ts';

function collecting(): { io: Io; text(): string } {
  let out = '';
  const io: Io = {
    out: (text) => void (out += text),
    err: () => undefined,
    env: {},
    cwd: '/',
    self: 'wattmark',
    columns: 120,
    errIsTerminal: false,
    colour: false,
    stdin: () => '',
  };
  return { io, text: () => out };
}

/** Words as a shell parts them: single quotes keep blanks and line ends together. */
const words = (line: string) =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');

describe('the example of every calculation', () => {
  it.each(calcs.map((one) => [one.name, one.example] as const))(
    '%s runs as it is printed',
    async (name, example) => {
      const [program, command, typed, ...rest] = words(example);
      expect([program, command, typed]).toEqual(['wattmark', 'calc', name]);
      const json = collecting();
      await calc(name, [...rest.filter((word) => word !== '--json'), '--json'], json.io);
      expect(JSON.parse(json.text())).toBeTruthy();
      const text = collecting();
      await calc(
        name,
        rest.filter((word) => word !== '--json'),
        text.io,
      );
      expect(text.text().length).toBeGreaterThan(10);
    },
  );
  it('lists every calculation once', async () => {
    const { io, text } = collecting();
    await calc(undefined, [], io);
    for (const { name } of calcs)
      expect(
        text()
          .split('\n')
          .filter((line) => line.trimStart().startsWith(`${name} `)),
      ).toHaveLength(1);
    expect(new Set(calcs.map(({ name }) => name)).size).toBe(calcs.length);
  });
});
