import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../harness/core/random.ts';
import type { JudgeAudit } from '../../harness/report/judge-audit.ts';
import { type AuditDecision, auditResult } from '../../harness/report/judge-audit-figures.ts';
import type { AttemptRecord, RunRecords, SampleRecord } from '../../harness/report/records.ts';
import { rubricMean } from '../../harness/report/rubric-mean.ts';
import { roganGladen } from '../../harness/report/statistics/rogan-gladen.ts';

describe("Rogan and Gladen's correction", () => {
  it('gives the published prevalence of a herd: 23 of 150 positive, Se 96 %, Sp 89 % (epi.prev of epiR)', () => {
    const { value } = roganGladen({ sum: 23 / 150, weights: 1 }, { sensitivity: 0.96, specificity: 0.89 });
    expect((100 * value).toFixed(1)).toBe('5.1');
  });
  it('turns expected verdicts of any weighted criteria, negative ones too, back into their truth', () => {
    const probability = fc.double({ min: 0.55, max: 1, noNaN: true });
    const criteria = fc.array(
      fc.record({
        weight: fc.integer({ min: -5, max: 5 }),
        truth: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(probability, probability, criteria, (sensitivity, specificity, list) => {
        // The other way round: a verdict is a draw from the confusion matrix.
        const expected = list.map(
          ({ weight, truth }) => weight * (truth * sensitivity + (1 - truth) * (1 - specificity)),
        );
        const sum = expected.reduce((a, b) => a + b, 0);
        const weights = list.reduce((a, { weight }) => a + weight, 0);
        const right = list.reduce((a, { weight, truth }) => a + weight * truth, 0);
        expect(roganGladen({ sum, weights }, { sensitivity, specificity }).value).toBeCloseTo(right, 8);
      }),
      { numRuns: 200 },
    );
  });
  it('moves with sensitivity and specificity as its derivatives say', () => {
    const at = (sensitivity: number, specificity: number) =>
      roganGladen({ sum: 0.4, weights: 0.7 }, { sensitivity, specificity });
    const step = 1e-6;
    const { perSensitivity, perSpecificity } = at(0.9, 0.8);
    expect((at(0.9 + step, 0.8).value - at(0.9 - step, 0.8).value) / (2 * step)).toBeCloseTo(
      perSensitivity,
      6,
    );
    expect((at(0.9, 0.8 + step).value - at(0.9, 0.8 - step).value) / (2 * step)).toBeCloseTo(
      perSpecificity,
      6,
    );
  });
  it('is refused where the judge is no better than chance', () => {
    for (const [sensitivity, specificity] of [
      [0.5, 0.5],
      [0.9, 0.1],
      [0.2, 0.3],
    ] as const)
      expect(() => roganGladen({ sum: 0.4, weights: 1 }, { sensitivity, specificity })).toThrow(RangeError);
  });
});

interface World {
  sensitivity: number;
  specificity: number;
  /** How often a positive criterion is met in truth. */
  met: number;
  samples: number;
  auditEach: number;
}

const POINTS = [3, 2, 1, -2];
const POSSIBLE = 6;

/** A run of one model whose true mean is known, judged by a judge with errors, and an audit of that judge. */
function simulate(
  world: World,
  seed: string,
): { records: RunRecords; attempts: AttemptRecord[]; audit: JudgeAudit } {
  const random = createRandom(seed);
  const verdict = (truth: boolean) => random.chance(truth ? world.sensitivity : 1 - world.specificity);
  const samples = new Map<string, SampleRecord>();
  const attempts = Array.from({ length: world.samples }, (_, i): AttemptRecord => {
    const hash = `s${i}`;
    samples.set(hash, sampleRecord(hash));
    const truths = POINTS.map((points) => random.chance(points > 0 ? world.met : 0.2));
    const sum =
      POINTS.reduce((total, points, j) => total + (verdict(truths[j] ?? false) ? points : 0), 0) / POSSIBLE;
    const rubric = {
      sum,
      weights: POINTS.reduce((a, b) => a + b, 0) / POSSIBLE,
      decisions: POINTS.length,
      split: 0,
    };
    const outcome = { status: 'scored', value: Math.min(1, Math.max(0, sum)) } as const;
    return { sample: hash, model: 'm', epoch: 1, outcome, rubric };
  });
  const decisions = [true, false].flatMap((truth) =>
    Array.from(
      { length: world.auditEach },
      (_, i): AuditDecision => ({
        lang: 'en',
        kind: 'reference',
        cluster: `${truth} ${i}`,
        negative: false,
        truth,
        met: Number(verdict(truth)),
      }),
    ),
  );
  return { records: { samples, judge: 'j' } as unknown as RunRecords, attempts, audit: auditOf(decisions) };
}

const sampleRecord = (hash: string): SampleRecord => ({
  sample: hash,
  id: hash,
  suite: 'made',
  task: 't',
  lang: 'en',
  seed: hash,
  cluster: hash,
  skills: [],
  tags: [],
  pass: 1,
  key: hash,
});

const auditOf = (decisions: readonly AuditDecision[]): JudgeAudit => ({
  schema_version: '1.0',
  judge: 'j',
  judges: [],
  judging: {},
  harness: 'x',
  audit_set: { version: 1, hash: 'h', langs: ['en'] },
  rubric_version: 2,
  result: auditResult(decisions),
  hash: 'sha256:0',
});

const trueMean = ({ met }: World) =>
  POINTS.reduce((sum, points) => sum + points * (points > 0 ? met : 0.2), 0) / POSSIBLE;

describe('a corrected rubric mean', () => {
  it.each([
    { sensitivity: 0.9, specificity: 0.85, met: 0.6, samples: 60, auditEach: 100 },
    { sensitivity: 0.8, specificity: 0.95, met: 0.8, samples: 40, auditEach: 60 },
    { sensitivity: 0.97, specificity: 0.75, met: 0.35, samples: 120, auditEach: 120 },
    // So many samples that what is left of the error is the audit's own.
    { sensitivity: 0.85, specificity: 0.8, met: 0.5, samples: 600, auditEach: 60 },
  ] satisfies World[])(
    'holds the true mean about as often as it says: $sensitivity/$specificity, $samples samples',
    (world) => {
      const runs = 400;
      const truth = trueMean(world);
      let held = 0;
      let raw = 0;
      let sum = 0;
      for (let i = 0; i < runs; i++) {
        const { records, attempts, audit } = simulate(world, `coverage/${world.samples}/${i}`);
        const mean = rubricMean(records, attempts, audit);
        const [low, high] = mean?.corrected?.interval ?? [2, -2];
        if (low <= truth && truth <= high) held++;
        if (mean && mean.interval[0] <= truth && truth <= mean.interval[1]) raw++;
        sum += mean?.corrected?.score ?? Number.NaN;
      }
      // A binomial of 400 at 95 % lies within 92.5 and 97.5 %; discrete data and small audits may cover a little more.
      expect(held / runs).toBeGreaterThan(0.92);
      expect(held / runs).toBeLessThan(0.99);
      // A ratio of two estimates is biased a little where the audit is small.
      expect(Math.abs(sum / runs - truth)).toBeLessThan(0.015);
      // What is corrected needed it.
      expect(raw / runs).toBeLessThan(held / runs);
    },
  );

  const good: World = { sensitivity: 0.9, specificity: 0.85, met: 0.6, samples: 60, auditEach: 100 };
  it('has a wider interval than one by a judge known to be perfect', () => {
    const { records, attempts, audit } = simulate(good, 'width');
    const mean = rubricMean(records, attempts, audit);
    const width = ([low, high]: readonly [number, number] = [0, 0]) => high - low;
    expect(width(mean?.corrected?.interval)).toBeGreaterThan(width(mean?.interval) * 1.1);
    expect(mean?.corrected?.audit).toBe(audit.hash);
  });
  it('is refused, with the reason, where the judge is no better than chance or its audit cannot tell', () => {
    const chance = simulate({ ...good, sensitivity: 0.4, specificity: 0.4 }, 'chance');
    expect(rubricMean(chance.records, chance.attempts, chance.audit)).toMatchObject({
      not_corrected: expect.stringMatching(/no better than chance.*in en/),
    });
    const vague = simulate({ ...good, sensitivity: 0.62, specificity: 0.6, auditEach: 8 }, 'vague');
    const mean = rubricMean(vague.records, vague.attempts, vague.audit);
    expect(mean?.corrected).toBeUndefined();
    expect(mean?.not_corrected).toBeDefined();
  });
  it('is refused in a language the judge was not audited in', () => {
    const { records, attempts, audit } = simulate(good, 'lang');
    const first = records.samples.get('s0');
    if (first) first.lang = 'zh';
    expect(rubricMean(records, attempts, audit)).toMatchObject({
      not_corrected: 'the judge was not audited in zh',
    });
  });
  it('leaves alone what was worth nothing before any judge saw it', () => {
    const { records, attempts, audit } = simulate(good, 'nothing');
    const silent = attempts.map((attempt) => ({
      ...attempt,
      outcome: { status: 'scored' as const, value: 0 },
      rubric: { sum: 0, weights: 0, decisions: 0, split: 0 },
    }));
    expect(rubricMean(records, silent, audit)?.corrected?.score).toBe(0);
  });
});
