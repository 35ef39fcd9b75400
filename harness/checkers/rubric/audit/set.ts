import { fullHash, shortHash } from '../../../core/canonical.ts';
import { LANGS, type Lang } from '../../../core/lang.ts';
import { createRandom } from '../../../core/random.ts';
import type { Sample } from '../../../core/sample.ts';
import type { RubricConfig } from '../config.ts';
import { createRubric } from '../rubric.ts';
import { type AuditKind, type AuditReply, auditReplies } from './replies.ts';
import type { AuditStory } from './scenario.ts';
import { frequency } from './scenarios/frequency.ts';
import { heat } from './scenarios/heat.ts';
import { icing } from './scenarios/icing.ts';
import { overload } from './scenarios/overload.ts';
import { permit } from './scenarios/permit.ts';

const SCENARIOS = [icing, overload, frequency, heat, permit];
/** Goes up when a decision is added or changed. */
const VERSION = 1;
const DRAWS = 2;

/** One reply to be judged, with what is true of each of its criteria. */
export interface AuditItem {
  sample: Sample;
  reply: string;
  kind: AuditKind;
  truth: AuditReply['truth'];
  said: AuditReply['said'];
  /** By criterion id, whether its points are negative. */
  negative: Readonly<Record<string, boolean>>;
}

export interface AuditSet {
  version: number;
  /** Of every question, reply, criterion and truth: two judges were measured alike where it is the same. */
  hash: string;
  items: readonly AuditItem[];
}

/** Judges everything, since it is the judge that is measured and not what stands before it. */
const auditRubric = createRubric({ precheck: () => undefined });

/** The audit set in the languages asked for, the same on every machine. */
export function auditSet(langs: readonly Lang[] = LANGS): AuditSet {
  const items: AuditItem[] = [];
  for (const [s, scenario] of SCENARIOS.entries())
    for (let draw = 1; draw <= DRAWS; draw++) {
      const stories = scenario.draw(createRandom(`judge-audit/${VERSION}/${scenario.id}/${draw}`));
      for (const lang of LANGS.filter((each) => langs.includes(each)))
        for (const reply of auditReplies(stories[lang], lang, (draw - 1) * SCENARIOS.length + s))
          items.push(itemOf(stories[lang], reply, lang, `${scenario.id}/${draw}`));
    }
  const told = items.map(({ sample, reply, truth }) => [
    sample.id,
    sample.hash,
    sample.keyHash,
    reply,
    truth,
  ]);
  return { version: VERSION, hash: fullHash([VERSION, told]), items };
}

function itemOf(story: AuditStory, reply: AuditReply, lang: Lang, place: string): AuditItem {
  const config: RubricConfig = {
    criteria: story.criteria.map(({ id, points, text, evidence }) => ({
      id,
      points,
      text: { [lang]: text },
      evidence: { [lang]: evidence.map((each) => (typeof each === 'string' ? each : [...each])) },
    })),
  };
  const reference = story.criteria
    .filter(({ points }) => points > 0)
    .map(({ met }) => met[0])
    .join(lang === 'zh' ? '' : ' ');
  const [scenario = ''] = place.split('/');
  return {
    reply: reply.text,
    kind: reply.kind,
    truth: reply.truth,
    said: reply.said,
    negative: Object.fromEntries(story.criteria.map(({ id, points }) => [id, points < 0])),
    sample: {
      id: `judge-audit/${place}-${reply.kind}-${reply.part}/${lang}`,
      suite: 'judge-audit',
      task: scenario,
      lang,
      seed: place,
      cluster: `judge-audit/${place}`,
      skills: [],
      tags: [reply.kind],
      messages: [{ role: 'user', content: story.question }],
      answer: { style: 'text', fields: [] },
      checks: [{ checker: auditRubric, config, weight: 1, gate: false }],
      oracle: { targets: {}, targetUnits: {}, reply: () => reference, mistakes: () => [] },
      pass: 1,
      // Of the reply as well as the question: here it is the reply that is asked about.
      hash: shortHash([story.question, reply.text]),
      keyHash: shortHash([config, reply.truth, auditRubric.version]),
    },
  };
}
