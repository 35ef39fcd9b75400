import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { startSpareThread, takeThread } from '../../../providers/thread/worker.ts';

const program = (code: string) =>
  new URL(`data:text/javascript,import{parentPort,threadId}from"node:worker_threads";${code}`);
const ECHO = program('parentPort.on("message",()=>parentPort.postMessage(threadId))');

const taken: { terminate(): Promise<number> }[] = [];
afterEach(async () => {
  await Promise.all(taken.splice(0).map((worker) => worker.terminate()));
});
function take(file: URL) {
  const worker = takeThread(file);
  taken.push(worker);
  return worker;
}

describe('a spare thread', () => {
  it('is the next that is taken of its program, once', async () => {
    const before = take(ECHO).threadId;
    startSpareThread(ECHO);
    startSpareThread(ECHO);
    const other = take(program('parentPort.on("message",()=>{})'));
    const spare = take(ECHO);
    const after = take(ECHO);
    // They are numbered as they were started.
    expect([spare.threadId, other.threadId, after.threadId].map((id) => id - before)).toEqual([1, 2, 3]);
    spare.ref();
    spare.postMessage('which are you?');
    expect(await once(spare, 'message')).toEqual([spare.threadId]);
  });

  it('that died is not taken', async () => {
    const broken = program('throw new Error("broken")');
    const first = take(broken);
    startSpareThread(broken);
    await new Promise((resolve) => first.once('exit', resolve));
    await new Promise((resolve) => setTimeout(resolve, 200));
    const next = take(broken);
    expect(next.threadId).toBeGreaterThan(first.threadId + 1);
  });
});
