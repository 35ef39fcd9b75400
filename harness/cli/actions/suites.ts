import { loadTokenCounter, promptTokens } from '../../../providers/tokens.ts';
import { scoreReply } from '../../checkers/score-reply.ts';
import { formatIssue, type Issue, UserError } from '../../core/errors.ts';
import type { Sample } from '../../core/sample.ts';
import { VARIANTS } from '../../core/words.ts';
import { sanitise } from '../../report/sanitise.ts';
import { verifyLock } from '../../suite/drift.ts';
import { expand } from '../../suite/expand.ts';
import { lockSuite, readLock, type SuiteLock, writeLock } from '../../suite/lock.ts';
import { checkSuite } from '../../suite/prove.ts';
import { listSuites as suitesIn } from '../../suite/sources.ts';
import type { Suite } from '../../suite/suite.ts';
import type { SuitesOptions } from '../commands/suites.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { lockedFloors } from '../floors.ts';
import type { Io } from '../io.ts';
import { registries } from '../registries.ts';
import { builtinFolder, loadSuites } from '../suite-source.ts';
import { VERSION } from '../version.ts';

/** `wattmark suites list` */
export async function listSuites(options: SuitesOptions, io: Io): Promise<ExitCode> {
  const suites = await suitesIn([
    { dir: builtinFolder(), builtin: true },
    { dir: '.', builtin: false },
  ]);
  if (options.json) io.out(`${JSON.stringify(suites, null, 2)}\n`);
  else {
    for (const { source, version, title, languages, issues } of suites) {
      const about =
        issues.length > 0
          ? `broken: ${issues.length} faults`
          : `${title.en ?? ''}${title.zh ? ` · ${title.zh}` : ''}`;
      io.out(
        sanitise(
          `${source.replace(/^builtin:/, '').padEnd(20)} ${(version ?? '').padEnd(8)} ${languages.join(', ').padEnd(8)} ${about}\n`,
        ),
      );
    }
  }
  return EXIT.done;
}

/** `wattmark suites check`: the benchmark's own tests. Exit 2 where anything does not hold. */
export async function checkSuites(
  names: readonly string[],
  options: SuitesOptions,
  io: Io,
): Promise<ExitCode> {
  const suites = await loadNamed(names, options, io);
  let faults = 0;
  const findings: (Issue & { suite: string })[] = [];
  for (const suite of suites) {
    let samples = 0;
    let replies = 0;
    const issues: Issue[] = [];
    const { seeds, task: tasks, variants } = options;
    for (const proof of checkSuite(suite, { score: scoreReply, seeds, tasks, variants })) {
      samples += 1;
      replies += proof.replies;
      issues.push(...proof.issues);
    }
    // A lock is of the whole suite as published: a part of it cannot drift by itself.
    const whole = options.seeds === undefined && options.task === undefined;
    if (whole) issues.push(...verifyLock(suite, await readLock(suite.dir), lockedFloors(suite)));
    faults += issues.length;
    findings.push(...issues.map((issue) => ({ suite: suite.name, ...issue })));
    if (!options.json) {
      for (const issue of issues) io.err(`${sanitise(formatIssue(issue))}\n`);
      const verdict = issues.length === 0 ? 'holds' : `${issues.length} faults`;
      io.out(
        `${suite.name} ${suite.version}: ${samples} questions, ${replies} replies scored, ${verdict}${whole ? ', lock verified' : ''}\n`,
      );
    }
  }
  if (options.json) io.out(`${JSON.stringify(findings, null, 2)}\n`);
  return faults === 0 ? EXIT.done : EXIT.usage;
}

/** `wattmark suites show` */
export async function showSuite(
  name: string,
  sample: string | undefined,
  options: SuitesOptions,
  io: Io,
): Promise<ExitCode> {
  const [suite] = (await loadNamed([name], options, io)) as [Suite];
  const samples = [...pickSamples(suite, sample, options)];
  if (samples.length === 0)
    throw new UserError(
      `no sample of ${suite.name} begins with "${sample ?? ''}"`,
      `ids look like ${suite.name}/${suite.tasks[0]?.id ?? 'task'}/s1/en`,
    );
  if (options.json) io.out(`${JSON.stringify(samples.map(asJson), null, 2)}\n`);
  else for (const one of samples) io.out(sanitise(asText(one)));
  return EXIT.done;
}

function* pickSamples(suite: Suite, wanted: string | undefined, options: SuitesOptions): Generator<Sample> {
  const shown = new Set<string>();
  let count = 0;
  const variants = wanted?.includes('~') ? VARIANTS : undefined;
  for (const sample of expand(suite, { langs: options.lang, seeds: options.seeds, variants })) {
    if (count >= (options.limit ?? Number.POSITIVE_INFINITY)) return;
    const first = !shown.has(`${sample.task} ${sample.lang}`);
    if (wanted === undefined ? !first && options.seeds === undefined : !sample.id.startsWith(wanted))
      continue;
    shown.add(`${sample.task} ${sample.lang}`);
    count += 1;
    yield sample;
  }
}

const asJson = ({ id, lang, messages, answer, oracle, hash, keyHash, skills, tags, tier }: Sample) => ({
  id,
  lang,
  hash,
  keyHash,
  skills,
  tags,
  tier,
  messages,
  answer,
  targets: oracle.targets,
  reference: oracle.reply(),
  mistakes: oracle.mistakes(),
  work: oracle.work?.(),
});

function asText({ id, messages, oracle }: Sample): string {
  const parts = [
    `━━ ${id}`,
    ...messages.map(({ content }) => content),
    `── right reply\n${oracle.reply()}`,
    ...(oracle.work ? [`── worked solution\n${oracle.work()}`] : []),
    `── typical mistakes\n${oracle
      .mistakes()
      .map(
        ({ name, score }) =>
          `${name}: scores ${[score]
            .flat()
            .map((one) => Number(one.toFixed(3)))
            .join(' to ')}`,
      )
      .join('\n')}`,
  ];
  return `${parts.join('\n\n')}\n\n`;
}

/** `wattmark suites lock` */
export async function lockSuites(
  names: readonly string[],
  options: SuitesOptions,
  io: Io,
): Promise<ExitCode> {
  const count = await loadTokenCounter();
  for (const suite of await loadNamed(names, options, io)) {
    requireProof(suite, io);
    const lock = lockSuite(suite, lockedFloors(suite), {
      proved: true,
      wattmark: VERSION,
      inputTokens: ({ messages }) => promptTokens(messages, count),
    });
    const before = await readLock(suite.dir);
    if (
      before &&
      before.version === suite.version &&
      (before.hash !== lock.hash || variantsMoved(before, lock))
    ) {
      throw new UserError(
        `${suite.name}: what it asks or counts as right has changed under version ${suite.version}`,
        `raise the version in ${suite.dir}/suite.yaml: results under one version must be comparable`,
      );
    }
    await writeLock(suite.dir, lock);
    const samples = Object.values(lock.samples).reduce((sum, task) => sum + Object.keys(task).length, 0);
    io.out(`${suite.name} ${suite.version}: ${samples} samples locked\n`);
  }
  return EXIT.done;
}

/** @throws UserError where the suite does not hold: a lock is what others may rely on */
function requireProof(suite: Suite, io: Io): void {
  const issues = [...checkSuite(suite, { score: scoreReply, variants: VARIANTS })].flatMap(
    (proof) => proof.issues,
  );
  if (issues.length === 0) return;
  for (const issue of issues.slice(0, 20)) io.err(`${sanitise(formatIssue(issue))}\n`);
  throw new UserError(
    `${suite.name}: does not pass its check (${issues.length} faults), so it is not locked`,
    `wattmark suites check ${suite.source}`,
  );
}

const variantsMoved = (before: SuiteLock, now: SuiteLock): boolean =>
  Object.entries(before.variants).some(([task, hash]) => now.variants[task] !== hash);

async function loadNamed(names: readonly string[], options: SuitesOptions, io: Io): Promise<Suite[]> {
  const known = await registries(options.checker ?? [], io);
  const all = async () =>
    (await suitesIn([{ dir: builtinFolder(), builtin: true }])).map(({ source }) => source);
  return loadSuites(names.length > 0 ? names : await all(), known);
}
