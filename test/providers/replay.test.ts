import { describe, expect, it } from 'vitest';
import { createReplay } from '../../providers/replay/provider.ts';
import { completionOf, faultOf, never, request } from './requests.ts';

describe('replay', () => {
  const asked: unknown[] = [];
  const replay = createReplay({
    id: 'replay:run#openai/gpt-x',
    model: 'openai/gpt-x',
    lookup: (hash, model, epoch) => {
      asked.push([hash, model, epoch]);
      return hash === 'known' && epoch <= 2 ? completionOf(`epoch ${epoch}`) : undefined;
    },
  });

  it('gives the reply of the same sample, model and epoch', async () => {
    const reply = await replay.complete(request({ sampleHash: 'known', epoch: 2 }), never());
    expect(reply).toEqual(completionOf('epoch 2'));
    expect(asked).toEqual([['known', 'openai/gpt-x', 2]]);
  });

  it('says what it has no reply for, and is not asked again', async () => {
    const fault = await faultOf(
      replay.complete(request({ sampleHash: 'new', sampleId: 'dispatch/a/s1/zh', epoch: 3 }), never()),
    );
    expect(fault).toMatchObject({ fault: 'not-found', retryable: false });
    expect(fault.message).toContain('dispatch/a/s1/zh, epoch 3');
    expect((await faultOf(replay.complete(request(), never()))).fault).toBe('not-found');
  });
});
