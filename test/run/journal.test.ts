import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventOf, RunEvent } from '../../harness/core/event.ts';
import { JournalError, openJournal } from '../../harness/run/journal.ts';
import type { JournalFile } from '../../harness/run/journal-file.ts';
import { openLines, type ReadOptions, readEntries, readJournal } from '../../harness/run/journal-reader.ts';
import { tempFolder } from './kit.ts';
import { completionOf, realClock } from './made.ts';

const at = '2026-11-23T10:22:33.000Z';
const reply = (text: string, epoch = 1): EventOf<'completion-end'> => ({
  v: 1,
  at,
  event: 'completion-end',
  sample: 'abc',
  model: 'm',
  epoch,
  completion: completionOf(text),
});
const open = (path: string, file?: JournalFile) =>
  openJournal(path, { clock: realClock, ...(file ? { file } : {}) });

async function read(path: string, options?: ReadOptions): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of readJournal(path, options)) events.push(event);
  return events;
}

const texts = (events: RunEvent[]) =>
  events.map((e) => (e.event === 'completion-end' ? e.completion.text : e.event));

describe('a journal', () => {
  it('gives back every text that a model can send: lone surrogates, NUL, newlines, escapes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary' }), { maxLength: 5 }), async (strings) => {
        const hostile = [
          ...strings,
          '\ud800',
          '\udfff\ud800',
          '\0',
          '\n{"v":1}\r\n',
          '\u2028',
          '__proto__',
          '\x1b[31m',
        ];
        const path = join(tempFolder(), 'j.jsonl');
        const journal = open(path);
        journal.append(...hostile.map((text) => reply(text)));
        journal.close();
        expect(texts(await read(path))).toEqual(hostile);
      }),
      { numRuns: 40 },
    );
  });

  it('reads lines that straddle its read blocks, and says truly where each lies', async () => {
    const path = join(tempFolder(), 'j.jsonl');
    const journal = open(path);
    // Three-byte characters, so that a block boundary falls inside one.
    const long = [1, 200_000, 0, 90_001, 87_000, 5].map((n, i) => `${i}${'电'.repeat(n)}`);
    for (const text of long) journal.append(reply(text));
    journal.close();
    const lines = openLines(path);
    const back: string[] = [];
    for await (const { event, ref } of readEntries(path)) {
      expect(lines.read(ref)).toEqual(event);
      back.push(...texts([event]));
    }
    lines.close();
    expect(back).toEqual(long);
  });

  it('cuts off a line torn by a crash, at whatever byte, and keeps all before it', async () => {
    const folder = tempFolder();
    const path = join(folder, 'j.jsonl');
    const journal = open(path);
    journal.append(reply('one'), reply('two 电'));
    journal.close();
    const whole = readFileSync(path);
    const first = whole.indexOf(10) + 1;
    for (let cut = first; cut < whole.length - 1; cut++) {
      writeFileSync(path, whole.subarray(0, cut));
      expect(texts(await read(path))).toEqual(['one']);
      const again = open(path);
      expect(again.cut).toBe(cut - first);
      again.append(reply('three'));
      again.close();
      expect(texts(await read(path))).toEqual(['one', 'three']);
    }
  });

  it('keeps a last line that lacks only its newline: that reply had arrived', async () => {
    const path = join(tempFolder(), 'j.jsonl');
    const journal = open(path);
    journal.append(reply('one'), reply('two'));
    journal.close();
    writeFileSync(path, readFileSync(path).subarray(0, -1));
    expect(texts(await read(path))).toEqual(['one', 'two']);
    const again = open(path);
    again.append(reply('three'));
    again.close();
    expect(texts(await read(path))).toEqual(['one', 'two', 'three']);
  });

  it('cuts off a tail of zeros, as a power loss leaves it', async () => {
    const path = join(tempFolder(), 'j.jsonl');
    const journal = open(path);
    journal.append(reply('one'));
    journal.close();
    appendFileSync(path, Buffer.alloc(200_000));
    const again = open(path);
    expect(again.cut).toBe(200_000);
    again.close();
    expect(texts(await read(path))).toEqual(['one']);
  });

  it('names the line of a tear in the middle, and leaves it out only when told to', async () => {
    const path = join(tempFolder(), 'j.jsonl');
    writeFileSync(path, `${JSON.stringify(reply('one'))}\n{"v":1,"ev\n${JSON.stringify(reply('two'))}\n`);
    await expect(read(path)).rejects.toThrow(`${path}:2  damaged line`);
    const damage: number[] = [];
    expect(texts(await read(path, { onDamage: (line) => damage.push(line) }))).toEqual(['one', 'two']);
    expect(damage).toEqual([2]);
  });

  it('counts a score of null as damage, not as a score', async () => {
    const path = join(tempFolder(), 'j.jsonl');
    const score = { status: 'scored', value: null, reason: '' };
    const line = {
      v: 1,
      at,
      event: 'score-end',
      sample: 'a',
      model: 'm',
      epoch: 1,
      key: 'k',
      score,
      checks: [],
    };
    writeFileSync(path, `${JSON.stringify(line)}\n`);
    await expect(read(path)).rejects.toThrow('score.value');
  });

  it('refuses a newer version instead of guessing, and says what to do', async () => {
    const path = join(tempFolder(), 'j.jsonl');
    writeFileSync(path, `${JSON.stringify(reply('one'))}\n${JSON.stringify({ ...reply('x'), v: 2 })}\n`);
    await expect(read(path, { onDamage: () => {} })).rejects.toThrow(/newer Wattmark.*upgrade/s);
  });

  it('passes over kinds of events it does not know, and counts them', async () => {
    const path = join(tempFolder(), 'j.jsonl');
    const kinds: string[] = [];
    writeFileSync(path, `{"v":1,"at":"${at}","event":"moon-rise"}\n${JSON.stringify(reply('one'))}\n`);
    expect(texts(await read(path, { onUnknown: (kind) => kinds.push(kind) }))).toEqual(['one']);
    expect(kinds).toEqual(['moon-rise']);
  });

  it('never writes a score it could not read back', async () => {
    const path = join(tempFolder(), 'j.jsonl');
    const journal = open(path);
    const score = (more: object): EventOf<'score-end'> => {
      const total = { status: 'scored', value: 1, reason: '', ...more } as never;
      return {
        v: 1,
        at,
        event: 'score-end',
        sample: 'a',
        model: 'm',
        epoch: 1,
        key: 'k',
        score: total,
        checks: [],
      };
    };
    expect(() => journal.append(reply('before'), score({ value: Number.NaN }))).toThrow('score.value');
    expect(() => journal.appendSoon(score({ value: 2 }))).toThrow('score.value');
    let deep: unknown = 1;
    for (let i = 0; i < 200_000; i++) deep = [deep];
    expect(() => journal.append(score({ extracted: deep }))).toThrow('nested too deep');
    const circle: unknown[] = [];
    circle.push(circle);
    expect(() => journal.append(score({ details: circle }))).toThrow('no JSON form');
    journal.append(reply('after'));
    journal.close();
    expect(texts(await read(path))).toEqual(['after']);
  });

  it('keeps the order of events that may wait and those that may not, and loses none on closing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('now', 'soon', 'turn')), async (script) => {
        const path = join(tempFolder(), 'j.jsonl');
        const journal = open(path);
        const written: string[] = [];
        for (const [i, step] of script.entries()) {
          if (step === 'turn') await new Promise((resolve) => setImmediate(resolve));
          else {
            written.push(`${i}`);
            if (step === 'now') journal.append(reply(`${i}`));
            else journal.appendSoon(reply(`${i}`));
          }
          // What may not wait has not: it is in the file, with all before it.
          if (step === 'now') expect(texts(await read(path))).toEqual(written);
        }
        journal.close();
        expect(texts(await read(path))).toEqual(written);
      }),
      { numRuns: 40 },
    );
  });

  it('does not let events that may wait pile up where the event loop never turns', () => {
    const path = join(tempFolder(), 'j.jsonl');
    const journal = open(path);
    for (let i = 0; i < 1000; i++) journal.appendSoon(reply('x'.repeat(1000)));
    expect(journal.size).toBeGreaterThan(900_000);
    journal.close();
  });

  it('takes a prototype name from a check without touching a prototype', async () => {
    const path = join(tempFolder(), 'j.jsonl');
    const details = JSON.parse('{"__proto__":{"polluted":true},"constructor":1}') as never;
    const score = { status: 'scored' as const, value: 1, reason: '', details };
    const journal = open(path);
    journal.append({
      v: 1,
      at,
      event: 'score-end',
      sample: '__proto__',
      model: 'm',
      epoch: 1,
      key: 'k',
      score,
      checks: [],
    });
    journal.close();
    const [event] = await read(path);
    expect(event).toMatchObject({ event: 'score-end', sample: '__proto__' });
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

/** A file in memory on a disk of so many bytes, which takes what still fits, as a real one does. */
function smallDisk(capacity: number): JournalFile & { bytes(): Buffer; free(more: number): void } {
  let bytes = Buffer.alloc(0);
  return {
    bytes: () => bytes,
    free(more) {
      capacity += more;
    },
    size: () => bytes.length,
    read: (into, at) => bytes.copy(into, 0, at),
    write(more) {
      const room = Math.min(capacity - bytes.length, more.length);
      if (room <= 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      bytes = Buffer.concat([bytes, more.subarray(0, room)]);
      return room;
    },
    truncate(size) {
      bytes = bytes.subarray(0, size);
    },
    sync: () => {},
    close: () => {},
  };
}

describe('a disk that fills up', () => {
  it('leaves whole lines at every capacity, and says that the disk is full', () => {
    const line = Buffer.byteLength(`${JSON.stringify(reply('one'))}\n`);
    for (let capacity = 0; capacity < 3 * line; capacity++) {
      const disk = smallDisk(capacity);
      const journal = open('j.jsonl', disk);
      let kept = 0;
      const write = () => {
        for (; kept < 10; kept++) journal.append(reply('one'));
      };
      expect(write).toThrow(/j\.jsonl: the disk is full; .*resume/);
      expect(kept).toBe(Math.floor(capacity / line));
      expect(disk.bytes().length).toBe(kept * line);
      // Room again, but this writer has said that it is over: half of a run must not go missing unseen.
      disk.free(10_000);
      expect(() => journal.append(reply('one'))).toThrow(JournalError);
      expect(disk.bytes().length).toBe(kept * line);
    }
  });

  it('tells of events that were to come soon at the next event, and is closed without a second word', async () => {
    const disk = smallDisk(10);
    const journal = open('j.jsonl', disk);
    journal.appendSoon(reply('one'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(() => journal.appendSoon(reply('two'))).toThrow('the disk is full');
    expect(() => journal.close()).not.toThrow();
    const untold = open('j.jsonl', smallDisk(10));
    untold.appendSoon(reply('one'));
    expect(() => untold.close()).toThrow('the disk is full');
  });

  it('finds a disk that fails to sync, at the next event', () => {
    let time = 0;
    const disk = smallDisk(10_000);
    disk.sync = (failed) => failed(Object.assign(new Error('i/o'), { code: 'EIO' }));
    const journal = openJournal('j.jsonl', { clock: { monotonicMs: () => time }, file: disk });
    journal.append(reply('one'));
    time = 1500;
    journal.append(reply('two'));
    expect(() => journal.append(reply('three'))).toThrow('EIO');
  });

  it('says so on a device that is truly full', (context) => {
    if (!existsSync('/dev/full')) context.skip('this system has no /dev/full');
    const journal = open('/dev/full');
    expect(() => journal.append(reply('one'))).toThrow('/dev/full: the disk is full');
    journal.close();
  });

  it('says so at once where the folder is gone', () => {
    expect(() => open(join(tempFolder(), 'no', 'j.jsonl'))).toThrow('its folder does not exist');
  });
});
