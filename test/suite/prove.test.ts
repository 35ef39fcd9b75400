import { describe, expect, it } from 'vitest';
import { createRandom } from '../../harness/core/random.ts';
import type { Sample } from '../../harness/core/sample.ts';
import { unscored } from '../../harness/core/score.ts';
import { loadSuite } from '../../harness/suite/load.ts';
import { checkSuite, taskFloors } from '../../harness/suite/prove.ts';
import { registries, scoreReply, sumOfPowers } from './registries.ts';
import { DRAWN, HAND, shown, writeSuite } from './suite-folder.ts';

const sound = await loadSuite('test/fixtures/suites/sound', registries());

async function findings(task: string, known = registries(), score = scoreReply): Promise<string[]> {
  const dir = writeSuite({ 'tasks/t.yaml': task });
  const suite = await loadSuite(dir, known);
  return [...checkSuite(suite, { score, seeds: { from: 1, to: 1 }, langs: ['en'] })].flatMap(({ issues }) =>
    issues.map((issue) => shown(issue, dir)),
  );
}

const family = (changes: Partial<typeof sumOfPowers>) => {
  const one = { ...sumOfPowers, name: 'changed', ...changes };
  const task = DRAWN.replace('sum-of-powers', 'changed');
  return findings(task, registries(one));
};

describe('a suite is proved', () => {
  it('sample by sample: reference, silence and every mistake', () => {
    const proofs = [...checkSuite(sound, { score: scoreReply })];
    expect(proofs).toHaveLength(18);
    expect(proofs.flatMap(({ issues }) => issues)).toEqual([]);
    // Drawn: two mistakes beside reference and silence. By hand: one case of three has a mistake.
    expect(proofs.reduce((sum, { replies }) => sum + replies, 0)).toBe(12 * 4 + 2 * 3 + 2 * 2 + 2 * 3);
  });

  it('while it goes: the first result does not wait for the last', () => {
    let scored = 0;
    const counting = (sample: Sample, reply: string) => {
      scored += 1;
      return scoreReply(sample, reply);
    };
    const [first] = checkSuite(sound, { score: counting });
    expect(first?.sample).toBe('sound/drawn/s1/en');
    expect(scored).toBeLessThanOrEqual(8);
  });

  it('finds a reference reply that its own checks call wrong', async () => {
    expect(await family({ reply: (_, { total }) => `{"total": ${total * 1.01}}` })).toEqual([
      'tasks/t.yaml:3:11  demo/drawn/s1/en: the reference reply scores 0, not 1 | near total 0: far',
    ]);
  });

  it('finds a mistake that is worth more, or less, than its family says', async () => {
    expect(
      await family({
        mistakes: (_, { total }) => [{ name: 'harmless', reply: `{"total": ${total * 1.0001}}`, score: 0 }],
      }),
    ).toEqual([
      'tasks/t.yaml:3:11  demo/drawn/s1/en: the mistake "harmless" scores 1, not 0 | near total 1: near',
    ]);
    expect(
      await family({ mistakes: () => [{ name: 'half', reply: '{"total": 1}', score: [0.2, 0.8] }] }),
    ).toEqual([
      'tasks/t.yaml:3:11  demo/drawn/s1/en: the mistake "half" scores 0, not 0.2 to 0.8 | near total 0: far',
    ]);
    expect(await family({ mistakes: () => [{ name: 'nan', reply: '{}', score: Number.NaN }] })).toHaveLength(
      1,
    );
  });

  it('finds a mistake that is no mistake', async () => {
    expect(
      await family({
        mistakes: (facts, answer, lang) => [
          { name: 'none', reply: `${sumOfPowers.reply(facts, answer, lang)}\n`, score: 1 },
        ],
      }),
    ).toEqual([
      'tasks/t.yaml:3:11  demo/drawn/s1/en: the mistake "none" is the reference reply itself | a mistake that this draw cannot show should be left out',
    ]);
    expect(
      await family({
        mistakes: () => [
          { name: 'a', reply: '{}', score: 0 },
          { name: 'a', reply: '[]', score: 0 },
        ],
      }),
    ).toEqual(['tasks/t.yaml:3:11  demo/drawn/s1/en: two mistakes are named "a"']);
  });

  it('finds silence that is worth something', async () => {
    const generous = (sample: Sample, reply: string) =>
      reply === '' ? scoreReply(sample, sample.oracle.reply()) : scoreReply(sample, reply);
    expect(await findings(HAND, registries(), generous)).toEqual([
      'tasks/t.yaml:7:5  demo/hand/one/en: silence scores 1, not 0 | near p 1: near',
    ]);
  });

  it('takes an unscored reply for a fault, not for right or wrong', async () => {
    const judgeless = () => ({ score: unscored('judge', 'no judge'), checks: [] });
    expect(await findings(HAND, registries(), judgeless)).toEqual([
      'tasks/t.yaml:7:5  demo/hand/one/en: the reference reply is unscored: no judge',
      'tasks/t.yaml:7:5  demo/hand/one/en: silence is unscored: no judge',
    ]);
  });

  it('goes on after a seed that the family fails on', async () => {
    const shaky = {
      ...sumOfPowers,
      name: 'shaky',
      solve(facts: Parameters<typeof sumOfPowers.solve>[0]) {
        if (facts.powers.length === 2) throw new Error('singular matrix');
        return sumOfPowers.solve(facts);
      },
    };
    const dir = writeSuite({
      'tasks/t.yaml': DRAWN.replace('sum-of-powers', 'shaky').replace('seeds: 3', 'seeds: 12'),
    });
    const suite = await loadSuite(dir, registries(shaky));
    const proofs = [...checkSuite(suite, { score: scoreReply, langs: ['en'] })];
    expect(proofs).toHaveLength(12);
    const failed = proofs.filter(({ issues }) => issues.length > 0);
    expect(failed.length).toBeGreaterThan(0);
    expect(failed.length).toBeLessThan(12);
    expect(failed[0]?.issues[0]?.message).toMatch(
      /^generate: family shaky, seed \d+: solve: singular matrix$/,
    );
    expect(failed[0]?.sample).toMatch(/^demo\/drawn\/s\d+$/);
  });
});

describe('floors', () => {
  it('are what guessing scores, by task, the same every time', () => {
    const guess = (sample: Sample, k: number) => {
      const options = sample.answer.fields.find(({ name }) => name === 'largest')?.options ?? [];
      const random = createRandom(`${sample.hash}/${k}`);
      return options.length > 0 ? JSON.stringify({ largest: random.pick(options).id }) : '{}';
    };
    const floors = taskFloors(sound, guess, { score: scoreReply, guesses: 200, seeds: { from: 1, to: 30 } });
    expect(floors).toEqual(
      taskFloors(sound, guess, { score: scoreReply, guesses: 200, seeds: { from: 1, to: 30 } }),
    );
    expect(floors['hand']).toBe(0);
    expect(floors['free']).toBe(0);
    // A quarter of the weight is the choice among two to four units: the mean of 1/(4 n), with its spread.
    const [least, most] = [1 / 16, 1 / 8];
    expect(floors['drawn']).toBeGreaterThan(least);
    expect(floors['drawn']).toBeLessThan(most);
  });

  it('leave out what nobody could score, rather than count it as 0', () => {
    const half = (sample: Sample, reply: string) =>
      reply === 'judged'
        ? { score: unscored('judge', 'no judge'), checks: [] }
        : scoreReply(sample, sample.oracle.reply());
    const guess = (sample: Sample, k: number) => (sample.task === 'free' || k % 2 === 0 ? 'judged' : 'other');
    expect(taskFloors(sound, guess, { score: half, guesses: 4 })).toEqual({ drawn: 1, hand: 1 });
  });
});
