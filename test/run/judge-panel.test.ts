import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../harness/core/provider.ts';
import { scored, unscored } from '../../harness/core/score.ts';
import { openJournal } from '../../harness/run/journal.ts';
import type { PanelSetup } from '../../harness/run/judge-panel.ts';
import { rescore } from '../../harness/run/rescore.ts';
import type { Scoring } from '../../harness/run/scoring.ts';
import { eventsOf, journalOf, run, stateOf, tempFolder } from './kit.ts';
import { completionOf, makeSamples, modelOf, providerOf, realClock, rightReply } from './made.ts';

function emptyRun(): string {
  const folder = tempFolder();
  writeFileSync(journalOf(folder), '');
  return folder;
}

const readable = (text: string) => /^(yes|no)$/.test(text);

/** One criterion a reply; the score is the share of judges that say yes, unscored where one cannot be read. */
const byPanel: Scoring = {
  judgeRequests: (sample) => [
    {
      check: 0,
      id: 'good',
      request: { messages: [{ role: 'user', content: `good ${sample.seed}` }], settings: {} },
      readable,
    },
  ],
  score(_sample, _reply, judgements) {
    const judgement = judgements?.get(0)?.['good'];
    const members = judgement?.status === 'panel' ? judgement.members : judgement ? [judgement] : [];
    const texts = members.map((member) => (member.status === 'replied' ? member.text : ''));
    const whole = texts.length > 0 && texts.every(readable);
    const share = texts.filter((text) => text === 'yes').length / texts.length;
    return { score: whole ? scored(share, 'judged') : unscored('judge', 'unreadable'), checks: [] };
  },
};
const model = providerOf('m', async (request) => completionOf(rightReply(request)));

interface Asked {
  content: string;
  epoch: number | undefined;
}

function judgeOf(id: string, answer: (asked: Asked, count: number) => string) {
  const asked: Asked[] = [];
  const provider = providerOf(id, async (request) => {
    const one = { content: request.messages[0]?.content ?? '', epoch: request.epoch };
    asked.push(one);
    return completionOf(answer(one, asked.filter(({ content }) => content === one.content).length));
  });
  return { asked, setup: { model: modelOf(id), provider, concurrency: 3 } };
}

const panelOf = (...judges: ReturnType<typeof judgeOf>[]): PanelSetup => ({
  members: judges.map(({ setup }) => setup),
  vote: 'mean',
});
const judgements = async (folder: string) =>
  (await eventsOf(folder)).flatMap((event) => (event.event === 'judgement-end' ? [event] : []));

describe('an unreadable judgement', () => {
  it('is asked for once more, journalled as such, and then counts', async () => {
    const folder = emptyRun();
    const judge = judgeOf('judge', (_asked, count) => (count === 1 ? 'I think it is fine' : 'yes'));
    const common = { folder, samples: makeSamples(2), providers: [model], scoring: byPanel };
    const { outcome } = await run({ ...common, judge: judge.setup });
    expect(outcome.lanes.get('m')).toMatchObject({ scored: 2, unscored: 0 });
    expect((await judgements(folder)).map(({ again }) => again)).toEqual(
      expect.arrayContaining([undefined, undefined, true, true]),
    );
    // Another epoch, or a cache of replies would give the same words again.
    expect(judge.asked.map(({ epoch }) => epoch).sort()).toEqual([2, 2, undefined, undefined]);
  });
  it('twice leaves the reply unscored, and is asked for no third time until resume', async () => {
    const folder = emptyRun();
    let mumbling = true;
    const judge = judgeOf('judge', () => (mumbling ? 'perhaps' : 'no'));
    const common = {
      folder,
      samples: makeSamples(1),
      providers: [model],
      scoring: byPanel,
      judge: judge.setup,
    };
    const { outcome } = await run(common);
    expect(outcome.lanes.get('m')).toMatchObject({ scored: 0, unscored: 1 });
    expect(judge.asked).toHaveLength(2);
    mumbling = false;
    const second = await run(common);
    expect(second.outcome.lanes.get('m')).toMatchObject({ replied: 0, scored: 1 });
    expect(judge.asked).toHaveLength(3);
  });
  it('costs nobody else a call: what could be read is kept', async () => {
    const folder = emptyRun();
    let mumbling = true;
    const clear = judgeOf('clear', () => 'yes');
    const vague = judgeOf('vague', ({ content }) => (mumbling && content === 'good 1' ? 'hm' : 'no'));
    const common = {
      folder,
      samples: makeSamples(3),
      providers: [model],
      scoring: byPanel,
      judge: panelOf(clear, vague),
    };
    await run(common);
    expect([clear.asked.length, vague.asked.length]).toEqual([3, 4]);
    mumbling = false;
    const { outcome } = await run(common);
    expect(outcome.lanes.get('m')).toMatchObject({ scored: 1 });
    expect([clear.asked.length, vague.asked.length]).toEqual([3, 5]);
  });
});

describe('a panel of judges', () => {
  it('is asked whole, each judge once, and scored on all of it', async () => {
    const folder = emptyRun();
    const judges = [judgeOf('a', () => 'yes'), judgeOf('b', () => 'no'), judgeOf('c', () => 'yes')];
    const common = { folder, samples: makeSamples(4), providers: [model], scoring: byPanel };
    const { outcome } = await run({ ...common, judge: panelOf(...judges) });
    expect(outcome.lanes.get('m')).toMatchObject({ scored: 4 });
    expect(judges.map(({ asked }) => asked.length)).toEqual([4, 4, 4]);
    const scores = (await eventsOf(folder)).flatMap((e) =>
      e.event === 'score-end' && e.score.status === 'scored' ? [e.score.value] : [],
    );
    expect(scores).toEqual([2 / 3, 2 / 3, 2 / 3, 2 / 3]);
  });
  it('that lost one judge is unscored, and resume asks that judge alone', async () => {
    const folder = emptyRun();
    let down = true;
    const steady = judgeOf('steady', () => 'yes');
    const shaky = judgeOf('shaky', () => {
      if (down) throw new ProviderError('overloaded', 'busy');
      return 'no';
    });
    const common = {
      folder,
      samples: makeSamples(2),
      providers: [model],
      scoring: byPanel,
      judge: panelOf(steady, shaky),
    };
    expect((await run(common)).outcome.lanes.get('m')).toMatchObject({ scored: 0, unscored: 2 });
    down = false;
    expect((await run(common)).outcome.lanes.get('m')).toMatchObject({ scored: 2, replied: 0 });
    expect(steady.asked).toHaveLength(2);
  });
  it('is scored again from the journal to the same, asking nobody', async () => {
    const folder = emptyRun();
    const judges = [
      judgeOf('a', () => 'yes'),
      judgeOf('b', ({ content }) => (content.endsWith('1') ? 'yes' : 'no')),
    ];
    const samples = makeSamples(3);
    await run({ folder, samples, providers: [model], scoring: byPanel, judge: panelOf(...judges) });
    const journal = openJournal(journalOf(folder), { clock: realClock });
    const outcome = await rescore(await stateOf(folder), {
      samples: () => samples,
      scoring: byPanel,
      journal,
      clock: realClock,
    });
    journal.close();
    expect(outcome).toMatchObject({ scored: 3, changed: 0, failed: 0 });
    expect(judges.map(({ asked }) => asked.length)).toEqual([3, 3]);
  });
});
