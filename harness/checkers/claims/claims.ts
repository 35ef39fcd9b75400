import * as z from 'zod';
import type { Checker, CheckInput, ConfigProblem } from '../../core/checker.ts';
import { scored, wrong } from '../../core/score.ts';
import { relSchema } from '../numeric.ts';
import type { Claim } from './claim.ts';
import { readClauses } from './clauses.ts';
import { type Coverage, coverageOf, speaksOf } from './cover.ts';
import { type ClaimFacts, claimFactsSchema, type Required } from './facts.ts';
import { framesOf } from './frame.ts';
import type { Ground } from './ground.ts';
import { groundCauses } from './ground-causes.ts';
import { groundEvents } from './ground-events.ts';
import { groundFigures } from './ground-figures.ts';
import { groundWords } from './ground-words.ts';
import { oneEventEach } from './lists.ts';
import { dayIndex, nameIndex } from './names.ts';

const claimsConfig = z.strictObject({
  /** The right value that holds the facts: a field of type `json` that the family solves for, shaped as in `facts.ts`. */
  facts: z.string().default('facts'),
  /** Of a fact's value, where the fact has no tolerance of its own. */
  rel: relSchema.default(0.01),
  /** Steps by which a stated time may miss. */
  time_steps: z.int().min(0).max(10_000).default(0),
});
type ClaimsConfig = z.infer<typeof claimsConfig>;

/** A reply is read so far. More is no explanation. */
const MAX_TEXT = 60_000;
const MAX_CLAIMS = 600;
const MAX_SHOWN = 60;

/**
 * Reads a free reply claim by claim (figures, times, directions, comparisons, causes, events), holds each against the
 * facts, and labels it supported, contradicted or unchecked:
 *
 *     - { kind: claims, facts: facts, rel: 1%, time_steps: 0 }
 *
 *     score = precision × coverage
 *     precision = Σ w supported / (Σ w supported + Σ w contradicted), w = 2 where a contradicted claim bears on safety
 *                 (time of a peak, direction of a change, sign of an error, order of events, facts marked `safety`),
 *                 or blames what did not act where a cause had to be told
 *     coverage = Σ weight of required facts that a true, plain assertion states / Σ weight of all
 *
 * A fact that the reply both states and contradicts is not covered. A claim that is hedged, asked, supposed or taken back is unchecked. Claims beyond the
 * required ones add to the supported side no more than the required facts' own weight, so that padding with true figures
 * buys nothing. Lines copied from the question are not read.
 *
 * A sentence may tell several events ("A-01 opened at T1 and A-02 at T2"): each is held against its own time (`lists.ts`).
 *
 * What it cannot see: a claim in words it has no cue for, irony, a subject named only by a pronoun across several series
 * of one unit, arithmetic shown step by step (terms are left out, results are read), and figures without a unit. These stay
 * unchecked: they neither help nor harm.
 */
export const claims: Checker<ClaimsConfig> = {
  kind: 'claims',
  version: 3,
  config: claimsConfig as z.ZodType<ClaimsConfig>,
  validate: ({ facts }, context): ConfigProblem[] =>
    Object.hasOwn(context.targets, facts)
      ? []
      : [
          {
            path: ['facts'],
            message: `there is no right value "${facts}" to hold claims against`,
            hint: `right values are given for: ${Object.keys(context.targets).join(', ') || 'nothing'}`,
          },
        ],
  check(config, input) {
    const target = Object.hasOwn(input.targets, config.facts) ? input.targets[config.facts] : undefined;
    const facts = factsOf(target);
    if ('fault' in facts) return wrong(`the suite gives no facts to hold claims against: ${facts.fault}`);
    const found = claimsIn(input, facts.read, config);
    return judged(found, facts.read);
  },
};

type Read = { read: ClaimFacts } | { fault: string };

/** Of each question once: the facts of one may hold thousands of numbers, and every reply to it is held against them. */
const known = new WeakMap<object, Read>();

function factsOf(target: unknown): Read {
  const before = typeof target === 'object' && target !== null ? known.get(target) : undefined;
  if (before) return before;
  const parsed = claimFactsSchema.safeParse(target);
  const facts: Read = parsed.success
    ? { read: parsed.data }
    : { fault: parsed.error.issues[0]?.message ?? 'of another shape' };
  if (typeof target === 'object' && target !== null) known.set(target, facts);
  return facts;
}

/** Every claim of a reply with its label, in the order of the text. */
export function claimsIn(
  input: Pick<CheckInput, 'reply' | 'question'>,
  facts: ClaimFacts,
  { rel, time_steps }: Omit<ClaimsConfig, 'facts'>,
): Claim[] {
  const reply = input.reply.slice(0, MAX_TEXT);
  const steps = facts.series.reduce((most, { values }) => Math.max(most, values.length), 0);
  const ground: Ground = { reply, facts, rel, time_steps, steps };
  const found: Claim[] = [];
  for (const frame of framesOf(
    reply,
    oneEventEach(reply, readClauses(reply, input.question, [nameIndex(facts), dayIndex(facts)]), facts),
  )) {
    if (found.length > MAX_CLAIMS) break;
    found.push(
      ...groundFigures(frame, ground),
      ...groundWords(frame, ground),
      ...groundCauses(frame, ground),
      ...groundEvents(frame, ground),
    );
  }
  return found.slice(0, MAX_CLAIMS).sort((a, b) => a.start - b.start);
}

function judged(found: readonly Claim[], facts: ClaimFacts) {
  const focus = facts.clock.focus ?? ([0, facts.series[0]?.values.length ?? 1] as const);
  const cover = coverageOf(found, facts.required, focus);
  const whole = facts.required.reduce((sum, { weight }) => sum + weight, 0);
  const covered = cover.reduce((sum, { covered, required }) => sum + (covered ? required.weight : 0), 0);
  const precision = precisionOf(found, facts, focus);
  const coverage = covered / whole;
  const counts = (label: Claim['label']) => found.filter((claim) => claim.label === label).length;
  const missing = cover.filter(({ covered }) => !covered);
  const reason = [
    `${counts('supported')} claims supported, ${counts('contradicted')} contradicted, ${counts('unchecked')} unchecked`,
    `precision ${precision.toFixed(2)}, coverage ${coverage.toFixed(2)}`,
    ...(missing.length > 0 ? [`not covered: ${missing.map(shownRequired).slice(0, 8).join('; ')}`] : []),
  ].join('; ');
  return scored(precision * coverage, reason, {
    details: {
      precision,
      coverage,
      missing: missing.map(shownRequired),
      claims: found.slice(0, MAX_SHOWN).map(shownClaim),
    },
  });
}

/** True claims beyond those that had to be made count no more than those did. One thing said twice counts once. */
function precisionOf(
  found: readonly Claim[],
  { required }: ClaimFacts,
  focus: readonly [number, number],
): number {
  const once = new Map<string, Claim>();
  for (const claim of found)
    if (claim.label !== 'unchecked')
      once.set(
        `${claim.label} ${JSON.stringify(claim.about)} ${claim.label === 'contradicted' ? claim.text : ''}`,
        claim,
      );
  const asked = required.some(({ fact }) => fact === 'cause');
  let needed = 0;
  let extra = 0;
  let against = 0;
  for (const { label, safety, about } of once.values()) {
    if (label === 'contradicted') {
      const mustHold = required.some(
        (fact) => fact.safety && about.some((one) => speaksOf(one, fact, focus)),
      );
      // Blaming all that could be blamed must not pay: one of them is bound to be right.
      const blamed = about.some(({ kind }) => kind === 'cause') && asked;
      against += safety || mustHold || blamed ? 2 : 1;
    } else if (required.some((fact) => about.some((one) => speaksOf(one, fact, focus)))) needed++;
    else extra++;
  }
  const support = needed + Math.min(extra, required.length);
  return support === 0 ? 0 : support / (support + against);
}

const shownRequired = ({ required, contradicted }: Coverage): string =>
  `${wording(required)}${contradicted ? ' (contradicted)' : ''}`;

function wording(required: Required): string {
  switch (required.fact) {
    case 'extreme':
      return `${required.part} of the ${required.which} of ${required.series}`;
    case 'change':
      return `${required.part} of the change of ${required.series}, steps ${required.from} to ${required.to}`;
    case 'difference':
      return `${required.a} against ${required.b}`;
    case 'order':
      return `${required.first} before ${required.second}`;
    default:
      return `${required.fact} ${required.id}`;
  }
}

const shownClaim = ({ text, label, reason, safety }: Claim) => ({
  label,
  text: text.replace(/\s+/g, ' ').slice(0, 160),
  reason: reason.slice(0, 200),
  ...(safety ? { safety } : {}),
});
