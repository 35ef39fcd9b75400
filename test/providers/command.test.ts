import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Provider } from '../../harness/core/provider.ts';
import { systemClock } from '../../providers/clock.ts';
import { createLineSplitter } from '../../providers/command/line-splitter.ts';
import { readLine } from '../../providers/command/protocol.ts';
import { createCommand } from '../../providers/command/provider.ts';
import { splitCommand } from '../../providers/command/split-command.ts';
import { withTimeout } from '../../providers/middleware/timeout.ts';
import { faultOf, never, request } from './requests.ts';

const program = fileURLToPath(new URL('../fixtures/servers/echo-program.mjs', import.meta.url));
const open: Provider[] = [];
afterEach(async () => {
  for (const provider of open.splice(0)) await provider.close?.();
});

function command(mode: string, executable = process.execPath): Provider {
  const provider = createCommand({
    id: `command:${mode}`,
    program: executable,
    args: [program, mode],
    clock: systemClock,
  });
  open.push(provider);
  return provider;
}
const ask = (provider: Provider, content = 'hello', signal = never()) =>
  provider.complete(
    request({ messages: [{ role: 'user', content }], settings: { seed: 3 }, sampleHash: 'h', sampleId: 'i' }),
    signal,
  );

describe('command provider', () => {
  it('tells the program the question and the settings, but not which sample it is', async () => {
    const { text, usage, servedModel, finish } = await ask(command('echo'));
    expect(text).toBe('hello {"settings":{"seed":3},"epoch":1}');
    expect({ usage, servedModel, finish }).toEqual({
      usage: { inputTokens: 3 },
      servedModel: 'echo-1',
      finish: { unified: 'stop', raw: 'stop' },
    });
  });

  it('matches answers by id where they come in another order', async () => {
    const provider = command('backwards');
    const replies = await Promise.all(['a', 'b', 'c'].map((content) => ask(provider, content)));
    expect(replies.map(({ text }) => text[0])).toEqual(['a', 'b', 'c']);
  });

  it('says what the program last said when it dies, and does not start it for ever', async () => {
    const provider = command('crash');
    const first = await faultOf(ask(provider));
    expect(first).toMatchObject({ fault: 'server', retryable: true });
    expect(first.message).toMatch(/ended with code 3.*CUDA out of memory/);
    await faultOf(ask(provider));
    await faultOf(ask(provider));
    const last = await faultOf(ask(provider));
    expect(last.message).toContain('not started again');
    expect(last.retryable).toBe(false);
  });

  it('starts the program again where it died after answering', async () => {
    const provider = command('crash-second');
    for (let i = 0; i < 4; i++) {
      await ask(provider);
      await faultOf(ask(provider));
    }
    expect((await ask(provider)).text).toContain('hello');
  });

  it('does not take a log line for an answer, and says where logs belong', async () => {
    const fault = await faultOf(ask(command('garbage')));
    expect(fault).toMatchObject({ fault: 'bad-response', retryable: true });
    expect(fault.message).toContain('Loading weights');
    expect(fault.message).toContain('stderr');
  });

  it('stops reading a line without end', async () => {
    expect(await faultOf(ask(command('huge')))).toMatchObject({ fault: 'bad-response', retryable: false });
  });

  it('kills a program that hangs, and starts another', async () => {
    const provider = command('hang');
    const timed = withTimeout(300)(provider);
    expect((await faultOf(ask(timed))).fault).toBe('timeout');
    expect((await faultOf(ask(timed))).fault).toBe('timeout');
  });

  it('carries the fault and the wait that the program names, without its keys', async () => {
    const fault = await faultOf(ask(command('error')));
    expect(fault).toMatchObject({ fault: 'rate-limit', retryAfterMs: 250 });
    expect(fault.message).toBe('the program says: busy, key ***');
  });

  it('names a program that is not there', async () => {
    const fault = await faultOf(ask(command('echo', '/nowhere/to-be-found')));
    expect(fault).toMatchObject({ fault: 'not-found', retryable: false });
    expect(fault.message).toContain('there is no such program');
  });

  it('lets one request go without disturbing the others', async () => {
    const provider = command('backwards');
    const run = new AbortController();
    const gone = faultOf(ask(provider, 'a', run.signal));
    const rest = [ask(provider, 'b'), ask(provider, 'c')];
    run.abort();
    expect((await gone).fault).toBe('cancelled');
    expect((await Promise.all(rest)).map(({ text }) => text[0])).toEqual(['b', 'c']);
  });

  it('leaves no process behind when it is closed', async () => {
    const provider = command('hang');
    const pending = faultOf(ask(provider));
    await provider.close?.();
    expect((await pending).fault).toBe('server');
  });
});

describe('lines', () => {
  it('are the same however the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme' }).map((s) => s.replace(/[\r\n]/g, ' '))),
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        (lines, cuts) => {
          const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
          const splitter = createLineSplitter(1e6);
          const read: string[] = [];
          for (let at = 0, i = 0; at < bytes.length; i++) {
            const size = cuts[i % cuts.length] as number;
            read.push(...(splitter.push(bytes.subarray(at, at + size)) as string[]));
            at += size;
          }
          expect(read).toEqual(lines);
        },
      ),
    );
  });

  it.each(['{"id":1}', '{"id":"1","text":"x"}', '[]', 'null', '{"id":1.5,"text":""}', '{"text":"x"}'])(
    'are garbage where they are no answer: %s',
    (line) => expect(readLine(line).status).toBe('garbage'),
  );

  it('does not believe counts or reasons that are none', () => {
    expect(readLine('{"id":1,"text":"x","usage":{"inputTokens":"9"}}').status).toBe('garbage');
    expect(readLine('{"id":1,"text":"x","finish":"eos"}')).toMatchObject({
      reply: { finish: { unified: 'other', raw: 'eos' }, usage: {} },
    });
  });
});

describe('splitCommand', () => {
  it.each([
    ['python3 model.py --fast', ['python3', 'model.py', '--fast']],
    ['"my program" \'an arg\' a"b c"d', ['my program', 'an arg', 'ab cd']],
    ['run ""', ['run', '']],
    ['run $HOME *.txt a|b C:\\x', ['run', '$HOME', '*.txt', 'a|b', 'C:\\x']],
  ])('%s', (text, words) => {
    const { program: first, args } = splitCommand(text);
    expect([first, ...args]).toEqual(words);
  });

  it('refuses an open quote and an empty command', () => {
    expect(() => splitCommand('run "x')).toThrow('not closed');
    expect(() => splitCommand('  ')).toThrow('no program');
  });
});
