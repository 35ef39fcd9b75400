import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../harness/core/random.ts';
import type { Sample } from '../../harness/core/sample.ts';
import { VARIANTS } from '../../harness/core/words.ts';
import { verifyLock } from '../../harness/suite/drift.ts';
import { expand } from '../../harness/suite/expand.ts';
import { loadSuite } from '../../harness/suite/load.ts';
import { lockSuite } from '../../harness/suite/lock.ts';
import { checkSuite } from '../../harness/suite/prove.ts';
import type { Registries } from '../../harness/suite/suite.ts';
import { inUnitsOf, withRowsShuffled } from '../../harness/suite/variants.ts';
import { registries, scoreReply, sumOfPowers } from './registries.ts';
import { DRAWN, faultsOf, HAND, SUITE, shown, writeSuite } from './suite-folder.ts';

const FACTORS: Readonly<Record<string, number>> = { kW: 0.001, MW: 1, GW: 1000, 万千瓦: 10 };
const known = (...families: Parameters<typeof registries>): Registries => ({
  ...registries(...families),
  convertUnit(value, from, to) {
    const [own, other] = [FACTORS[from], FACTORS[to]];
    return own && other ? (value * own) / other : undefined;
  },
});

/** Rows that carry their own names, so that their order says nothing. */
const rowed = {
  ...sumOfPowers,
  name: 'rowed',
  unordered: ['rows'],
  draw: (params: never, random: never) => {
    const { names, powers } = sumOfPowers.draw(params, random);
    return { rows: names.map((name, i) => ({ name, p_mw: powers[i] })) };
  },
  solve: ({ rows }: { rows: { name: string; p_mw: number }[] }) => ({
    total: rows.reduce((sum, { p_mw }) => sum + p_mw, 0),
    largest: rows.toSorted((a, b) => b.p_mw - a.p_mw)[0]!.name,
  }),
  vars: ({ rows }: { rows: unknown }) => ({ units: rows }),
  options: undefined,
  mistakes: () => [],
  work: undefined,
} as never;

const TASK = `${DRAWN.replace('sum-of-powers', 'rowed').replace('units: [2, 4]', 'units: [4, 6]').replace('zh: 求和。', 'zh: 求和：{% for unit in units %}{{ unit.p_mw }}、{% endfor %}')}variants:
  paraphrase: { en: 'The sum of {% for unit in units %}{{ unit.p_mw }} {% endfor %}is?', zh: 总和是多少？ }
  units: { answer: { total: { en: kW, zh: 万千瓦 } } }
`;
const ASIDES = `${SUITE}asides:
  - { en: It rained in June., zh: 六月有雨。 }
  - { en: The desk is new., zh: 桌子是新的。 }
  - { en: The line is old., zh: 线路很旧。 }
`;
const suiteOf = (task = TASK, families = [rowed], suite = ASIDES) =>
  loadSuite(writeSuite({ 'suite.yaml': suite, 'tasks/t.yaml': task }), known(...(families as never[])));
const samplesOf = async (...args: Parameters<typeof suiteOf>) =>
  new Map([...expand(await suiteOf(...args), { variants: VARIANTS })].map((one) => [one.id, one]));
const asked = (sample: Sample | undefined) => sample?.messages.at(-1)?.content ?? '';

describe('variants of a problem', () => {
  it('stand beside it in its cluster, in every language, each with a hash of its own', async () => {
    const samples = await samplesOf();
    expect([...samples.keys()].slice(0, 10)).toEqual([
      'demo/drawn/s1/en',
      'demo/drawn/s1/zh',
      ...VARIANTS.flatMap((name) => [`demo/drawn/s1~${name}/en`, `demo/drawn/s1~${name}/zh`]),
    ]);
    expect(new Set([...samples.values()].map(({ hash }) => hash)).size).toBe(30);
    expect(new Set([...samples.values()].map(({ cluster }) => cluster)).size).toBe(3);
  });

  it('leave the problem itself as it was, asked alone or beside them', async () => {
    const suite = await suiteOf();
    const alone = [...expand(suite)];
    expect(alone.every(({ variant }) => variant === undefined)).toBe(true);
    const beside = [...expand(suite, { variants: ['noise'] })].filter(({ variant }) => !variant);
    expect(beside.map(({ hash, keyHash }) => [hash, keyHash])).toEqual(
      alone.map(({ hash, keyHash }) => [hash, keyHash]),
    );
  });

  it('rows: the same rows in another order, the same for both twins', async () => {
    const samples = await samplesOf();
    const numbers = (id: string) =>
      asked(samples.get(id))
        .split('```')[0]
        ?.match(/\d+(\.\d+)?/g) ?? [];
    const [before, after] = [numbers('demo/drawn/s2/en'), numbers('demo/drawn/s2~rows/en')];
    expect(after).not.toEqual(before);
    expect(after.toSorted()).toEqual(before.toSorted());
  });

  it('rows: every array keeps its items and moves at least one, whatever is drawn', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer(), { minLength: 2, maxLength: 6 }), fc.string(), (rows, seed) => {
        const family = { ...sumOfPowers, unordered: ['rows'] } as never;
        const out = withRowsShuffled(family, { rows, other: [3, 1] }, createRandom(seed)) as {
          rows: number[];
          other: number[];
        };
        expect(out.other).toEqual([3, 1]);
        expect(out.rows).not.toEqual(rows);
        expect(out.rows.toSorted()).toEqual(rows.toSorted());
      }),
    );
  });

  it('rows: options of a written case stand in another order too', async () => {
    const task = `${HAND.replace(
      'answer: { p: { unit: MW } }',
      'answer: { p: { type: choice, options: [a, b, c, d] } }',
    )
      .replace('kind: near', 'kind: pick')
      .replace('target: { p: 5 }', 'target: { p: b }')}`;
    const samples = await samplesOf(task, [], SUITE);
    const ids = (id: string) => samples.get(id)?.answer.fields[0]?.options?.map((option) => option.id) ?? [];
    expect(ids('demo/hand/one/en')).toEqual(['a', 'b', 'c', 'd']);
    expect(ids('demo/hand/one~rows/en')).not.toEqual(['a', 'b', 'c', 'd']);
    expect(ids('demo/hand/one~rows/en').toSorted()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('noise: two of the asides, never inside a table, and the question stays last', async () => {
    const task = TASK.replace(
      / {2}zh: 求和.*/,
      '  zh: |\n    求和。\n\n    | a |\n    |---|\n    | 1 |\n\n    和是多少？',
    );
    const text = asked((await samplesOf(task)).get('demo/drawn/s1~noise/zh'));
    const asides = ['六月有雨。', '桌子是新的。', '线路很旧。'].filter((one) => text.includes(one));
    expect(asides).toHaveLength(2);
    expect(text).toContain('| a |\n|---|\n| 1 |');
    expect(text.indexOf('和是多少？')).toBeGreaterThan(Math.max(...asides.map((one) => text.indexOf(one))));
  });

  it('units: asked in the other unit, and the right reply is restated in it', async () => {
    const samples = await samplesOf(TASK, [
      {
        ...(rowed as object),
        reply: (_: never, { total }: never) => `So:\n\n\`\`\`json\n{"total":${total}}\n\`\`\``,
      } as never,
    ]);
    const [first, other] = [samples.get('demo/drawn/s1/en'), samples.get('demo/drawn/s1~units/en')];
    const figure = (sample: Sample | undefined) =>
      Number(/"total":([\d.e+]+)/.exec(sample?.oracle.reply() ?? '')?.[1]);
    expect(asked(other)).toContain('kW');
    expect(figure(other)).toBeCloseTo(1000 * figure(first), 6);
  });

  it('restating touches bare numbers of changed fields alone, whatever a reply holds', () => {
    const spec = (unit: string) => ({
      style: 'json' as const,
      fields: [{ name: 'p', type: 'number' as const, unit }],
    });
    const convert = (value: number) => value * 1000;
    const restate = (reply: string) => inUnitsOf(reply, spec('MW'), spec('kW'), convert);
    expect(restate('x {"p": 1.5, "q": 2}')).toBe('x {"p":1500,"q":2}');
    expect(restate('{"p": "1.5 MW"}')).toBe('{"p":"1.5 MW"}');
    fc.assert(fc.property(fc.string(), (text) => restate(`${text}!`) === `${text}!`));
  });
});

describe('a suite is proved in its variants', () => {
  const findings = async (task: string, families: unknown[]) => {
    const dir = writeSuite({ 'suite.yaml': ASIDES, 'tasks/t.yaml': task });
    const suite = await loadSuite(dir, known(...(families as never[])));
    const proofs = checkSuite(suite, { score: scoreReply, seeds: { from: 1, to: 2 }, variants: VARIANTS });
    return [...proofs].flatMap(({ issues }) => issues.map((issue) => shown(issue, dir)));
  };

  it('and holds where the right answer stays right', async () => {
    expect(await findings(TASK, [rowed])).toEqual([]);
  });

  it('finds an order that did mean something', async () => {
    const first = {
      ...(rowed as object),
      solve: ({ rows }: never) => ({ total: (rows as { p_mw: number }[])[0]!.p_mw, largest: 'G1' }),
    };
    const [found] = await findings(TASK, [first]);
    expect(found).toContain(
      'demo/drawn/s1~rows/en: the reference reply to the problem as first asked scores 0, not 1',
    );
  });

  it('finds a variant that asks the very same text', async () => {
    const same = TASK.replace(
      /paraphrase: .*\n/,
      "paraphrase: { en: 'x', zh: '求和：{% for unit in units %}{{ unit.p_mw }}、{% endfor %}' }\n",
    );
    expect((await findings(same, [rowed])).join('\n')).toContain(
      's1~paraphrase/zh: the variant asks the very same text',
    );
  });
});

describe('faults of variants are told where they stand', () => {
  const faults = async (changed: string, families = [rowed]) =>
    (await faultsOf({ 'suite.yaml': ASIDES, 'tasks/t.yaml': changed }, known(...(families as never[])))).join(
      '\n',
    );

  it('a field that nobody asks, a unit that does not convert', async () => {
    expect(await faults(TASK.replace('answer: { total: { en: kW', 'answer: { sum: { en: kW'))).toContain(
      'variants.units.answer.sum: the task asks for no field "sum"',
    );
    expect(await faults(TASK.replace('en: kW,', 'en: MWh,'))).toContain('"MW" does not convert to "MWh"');
  });

  it('a paraphrase that names what no draw has, or lacks a language', async () => {
    expect(
      await faults(
        TASK.replace(
          'for unit in units %}{{ unit.p_mw }} {% endfor %}is',
          'for unit in plants %}x{% endfor %}is',
        ),
      ),
    ).toContain('nothing gives "plants"');
    expect(await faults(TASK.replace(', zh: 总和是多少？', ''))).toContain(
      'variants.paraphrase: has no zh text',
    );
  });

  it('variants of a task that writes its cases', async () => {
    expect(await faults(`${HAND}variants: { paraphrase: { en: a, zh: b } }\n`)).toContain(
      'only a task that generates has variants',
    );
  });
});

describe('a lock holds variants too', () => {
  it('a reworded paraphrase needs a new version, and leaves the hash of what is scored alone', async () => {
    const [one, other] = [await suiteOf(), await suiteOf(TASK.replace('总和是多少', '总和为多少'))];
    const lock = lockSuite(one, {});
    expect(verifyLock(one, lock)).toEqual([]);
    expect(lockSuite(other, {}).hash).toBe(lock.hash);
    expect(verifyLock(other, lock).map(({ message }) => message)).toEqual([
      'drawn: its variants ask otherwise without a new version',
    ]);
  });
});
