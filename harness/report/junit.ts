import type { GateResult } from './gate/gate.ts';
import type { Verdict } from './gate/verdict.ts';
import { groupBy } from './group-by.ts';
import type { AttemptRecord, RunRecords, SampleRecord } from './records.ts';
import { element } from './xml.ts';

const document = (suites: readonly string[], attributes: Record<string, string | number>) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', attributes, suites)}\n`;

type Kind = 'passed' | 'failure' | 'error' | 'skipped';
interface Case {
  kind: Kind;
  xml: string;
}

function testsuite(name: string, cases: readonly Case[], more: Record<string, string | number> = {}): string {
  const count = (kind: Kind) => cases.filter((each) => each.kind === kind).length;
  const counts = {
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
  };
  return element(
    'testsuite',
    { name, ...counts, ...more },
    cases.map(({ xml }) => xml),
  );
}

/**
 * A run as JUnit XML: a test suite for each model and suite, a test case for each attempt. A score under the pass
 * mark is a failure, a provider's or judge's fault an error, what was not asked or scored is skipped.
 */
export function runJunit(records: RunRecords): string {
  const groups = groupBy(records.attempts, ({ sample, model }) => {
    return `${model} ${records.samples.get(sample)!.suite}`;
  });
  const suites = [...groups].map(([name, attempts]) => {
    const cases = attempts.map((attempt) => attemptCase(attempt, records.samples.get(attempt.sample)!));
    const time = attempts.reduce((sum, { reply }) => sum + (reply?.totalMs ?? 0), 0) / 1000;
    return testsuite(name, cases, { time, timestamp: records.started });
  });
  return document(suites, { name: `wattmark ${records.run}`, time: records.wallMs / 1000 });
}

function attemptCase({ model, epoch, outcome, reason, reply }: AttemptRecord, sample: SampleRecord): Case {
  const attributes = {
    name: `${sample.id}${epoch > 1 ? ` epoch ${epoch}` : ''}`,
    classname: `${model}.${sample.suite}.${sample.task}`,
    time: reply ? reply.totalMs / 1000 : undefined,
  };
  if (outcome.status === 'unscored') {
    const kind = outcome.fault === 'run' ? 'skipped' : 'error';
    const type = outcome.fault === 'run' ? {} : { type: outcome.fault };
    const body = element(kind, { message: [outcome.kind, reason].filter(Boolean).join(': '), ...type });
    return { kind, xml: element('testcase', attributes, [body]) };
  }
  const score = element('properties', {}, [element('property', { name: 'score', value: outcome.value })]);
  if (outcome.value >= sample.pass) return { kind: 'passed', xml: element('testcase', attributes, [score]) };
  const failure = element('failure', { message: reason ?? `score ${outcome.value}`, type: 'wrong' });
  return { kind: 'failure', xml: element('testcase', attributes, [score, failure]) };
}

const KINDS: Readonly<Record<Verdict, Kind>> = {
  pass: 'passed',
  regressed: 'failure',
  inconclusive: 'skipped',
};

/** A gate as JUnit XML: a test case for each suite and hard gate; inconclusive ones are skipped, with the reason. */
export function gateJunit(result: GateResult): string {
  if (result.status === 'refused') {
    const body = element('error', { message: result.reasons.join('; '), type: 'refused' });
    const xml = element('testcase', { name: 'comparable', classname: 'wattmark.gate' }, [body]);
    return document([testsuite('gate', [{ kind: 'error', xml }])], { name: 'wattmark gate' });
  }
  const gates = [
    ...result.suites.map(({ name, verdict, reason, difference }) => ({
      name,
      verdict,
      reason,
      score: difference.difference,
    })),
    ...result.missing.map((name) => ({
      name,
      verdict: 'inconclusive' as const,
      reason: 'no sample has a score on both sides',
      score: undefined,
    })),
    ...result.hard.map((gate) => ({ ...gate, score: undefined })),
  ];
  const cases = gates.map(({ name, verdict, reason, score }): Case => {
    const kind = KINDS[verdict];
    const properties =
      score === undefined
        ? []
        : [element('properties', {}, [element('property', { name: 'difference', value: score })])];
    const bodies: Readonly<Record<Kind, string[]>> = {
      passed: [],
      failure: [element('failure', { message: reason, type: 'regressed' })],
      skipped: [element('skipped', { message: reason })],
      error: [],
    };
    return {
      kind,
      xml: element('testcase', { name, classname: 'wattmark.gate' }, [...properties, ...bodies[kind]]),
    };
  });
  return document([testsuite('gate', cases)], { name: 'wattmark gate' });
}
