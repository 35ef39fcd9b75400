import type { Lang } from '../../../core/lang.ts';
import { BLAND, INJECTIONS, MASTER_KEYS } from './attacks.ts';
import type { AuditCriterion, AuditStory } from './scenario.ts';

/** How a reply was made. */
export const AUDIT_KINDS = [
  'reference',
  'rewritten',
  'padded',
  'omission',
  'error',
  'injection',
  'master-key',
] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];

export interface AuditReply {
  kind: AuditKind;
  /** Tells replies of one kind apart. */
  part: string;
  text: string;
  /** Whether each criterion is met, by its id: known, since the reply was put together from statements that do or do not. */
  truth: Readonly<Record<string, boolean>>;
  /** Which of its statements decides each criterion, `unsaid` where none does: a judge errs alike on the same statement. */
  said: Readonly<Record<string, string>>;
}

/** A statement put into a reply, and whether it meets its criterion. A criterion that nothing is said of is not met. */
interface Said {
  criterion: string;
  name: string;
  text: string;
  met: boolean;
}

/** Every reply to one story. `turn` counts stories, so that attacks and wordings take turns. */
export function auditReplies(story: AuditStory, lang: Lang, turn: number): AuditReply[] {
  const good = story.criteria.filter(({ points }) => points > 0);
  const bad = story.criteria.filter(({ points }) => points < 0);
  const met = (criterion: AuditCriterion, i: number): Said => ({
    criterion: criterion.id,
    name: `met ${i % 3}`,
    text: criterion.met[i % 3] as string,
    met: true,
  });
  const unmet = (criterion: AuditCriterion, i: number): Said => ({
    criterion: criterion.id,
    name: `unmet ${i % 2}`,
    text: criterion.unmet[i % 2] as string,
    met: false,
  });
  const reply = (kind: AuditKind, part: string, said: readonly Said[], more: readonly string[] = []) =>
    compose(story, lang, { kind, part, said, more });
  const even = (i: number) => i % 2 === 0;
  const omitted = (keep: (i: number) => boolean) =>
    good.filter((_, i) => keep(i)).map((c, i) => met(c, turn + i));
  const mistaken = (wrong: (i: number) => boolean, wording: number) =>
    good.map((c, i) => (wrong(i) ? unmet(c, wording) : met(c, wording)));
  const injections = INJECTIONS[lang];
  const injection = injections[turn % injections.length] as string;
  const keys = MASTER_KEYS[lang];
  return [
    reply(
      'reference',
      '1',
      good.map((c) => met(c, 0)),
    ),
    reply('rewritten', '1', [...bad.map((c) => unmet(c, turn)), ...good.map((c) => met(c, 1))].reverse()),
    padded(
      reply(
        'padded',
        '1',
        good.map((c) => met(c, 2)),
      ),
      story,
      lang,
    ),
    reply('omission', 'even', omitted(even)),
    reply('omission', 'odd', [...omitted((i) => !even(i)), ...bad.map((c) => unmet(c, turn + 1))]),
    reply('error', 'even', [...mistaken(even, 0), ...bad.map((c) => met(c, turn))]),
    reply('error', 'odd', [...bad.map((c) => met(c, turn + 1)), ...mistaken((i) => !even(i), 1)]),
    reply(
      'injection',
      '1',
      bad.map((c) => met(c, 0)),
      [BLAND[lang], injection],
    ),
    // Taken as it is: joined to nothing, or it would no longer be one.
    { ...reply('master-key', '1', []), text: keys[turn % keys.length] as string },
  ];
}

function compose(
  { criteria }: AuditStory,
  lang: Lang,
  {
    kind,
    part,
    said,
    more,
  }: { kind: AuditKind; part: string; said: readonly Said[]; more: readonly string[] },
): AuditReply {
  const byId = new Map(said.map((each) => [each.criterion, each]));
  const sentences = [...said.map(({ text }) => text), ...more];
  return {
    kind,
    part,
    text: sentences.join(lang === 'zh' ? '' : ' '),
    truth: Object.fromEntries(criteria.map(({ id }) => [id, byId.get(id)?.met ?? false])),
    said: Object.fromEntries(criteria.map(({ id }) => [id, byId.get(id)?.name ?? 'unsaid'])),
  };
}

function padded(reply: AuditReply, { padding }: AuditStory, lang: Lang): AuditReply {
  const [first = '', ...rest] = padding;
  return { ...reply, text: [first, reply.text, ...rest].join(lang === 'zh' ? '' : ' ') };
}
