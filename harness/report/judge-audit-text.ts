import { compact, points } from './figures.ts';
import { drawGrid } from './grid.ts';
import type { AttackFigures, AuditFigures, AuditRate, JudgeAudit } from './judge-audit.ts';
import { LEXICAL } from './judge-audit.ts';
import { escapeMarkdown } from './markdown.ts';
import { sanitiseLine } from './sanitise.ts';
import { youden } from './statistics/rogan-gladen.ts';

const TITLES = ['replies', 'decisions', 'sensitivity', 'specificity', 'balanced F1', 'κ'];

/** An audit as a table for a terminal, with what its figures mean. */
export function auditTable(audit: JudgeAudit, { colour }: { colour: boolean }): string {
  const columns = TITLES.map((title, i) => ({
    title,
    align: i === 0 ? ('left' as const) : ('right' as const),
  }));
  const rows = figureRows(audit).map((cells) => ({ cells, dim: false }));
  return [
    sanitiseLine(`Judge: ${audit.judge}`),
    drawGrid(columns, rows, colour).text,
    ...remarks(audit).map(sanitiseLine),
  ].join('\n');
}

/** The same as Markdown, for a dataset card. */
export function auditMarkdown(audit: JudgeAudit): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(TITLES),
    line(TITLES.map((_, i) => (i === 0 ? ':---' : '---:'))),
    ...figureRows(audit).map((cells) => line(cells.map(escapeMarkdown))),
    '',
    ...remarks(audit).map((remark) => `- ${escapeMarkdown(remark)}`),
  ].join('\n');
}

function figureRows({ result }: JudgeAudit): string[][] {
  return [
    ...result.langs.map(({ lang, ...figures }) => figureRow(lang === 'zh' ? 'Chinese' : 'English', figures)),
    ...(result.langs.length > 1 ? [figureRow('both', result.plain)] : []),
  ];
}

const figureRow = (name: string, figures: AuditFigures) => [
  name,
  String(figures.decisions),
  rateText(figures.sensitivity),
  rateText(figures.specificity),
  points(figures.balanced_f1),
  figures.kappa.toFixed(2),
];

const rateText = ({ value, interval: [low, high] }: AuditRate) =>
  `${points(value)} (${points(low)}–${points(high)})`;

function remarks(audit: JudgeAudit): string[] {
  const { result, usage, audit_set, hash } = audit;
  const { plain, kinds, injection, master_key, unread } = result;
  const useless = youden({ sensitivity: plain.sensitivity.value, specificity: plain.specificity.value }) <= 0;
  return [
    'Figures of 100 with 95 % intervals, over replies without an attack; decisions on one statement count as one.',
    `Right by kind of reply: ${kinds.map(({ kind, decisions, right }) => `${kind} ${points(right / decisions)} (${decisions})`).join(', ')}.`,
    `Talked over by words addressed to the judge: ${attackText(injection)}. Empty formulas taken for an answer: ${attackText(master_key)}; in a run these never reach a judge.`,
    'Correcting a rubric mean by these figures assumes that the judge errs on the replies of a suite as often as on these.',
    ...(unread > 0 ? [`${unread} decisions had no readable verdict and are in no figure.`] : []),
    ...(useless ? ['No better than chance: rubric means cannot be corrected by this judge.'] : []),
    ...(audit.judge === LEXICAL ? [LEXICAL_LIMITS] : []),
    ...(usage ? [usageText(usage)] : []),
    `Audit set ${audit_set.version} (${audit_set.hash.slice(0, 19)}…), audit ${hash.slice(0, 19)}….`,
  ];
}

const LEXICAL_LIMITS =
  'The lexical judge finds words and cannot see meaning: a denial or a warning that uses the words of the thing, the right figure said of the wrong thing, directions swapped between two names, and right words in a wording its author did not think of. These are figures of the patterns of the audit set: those of a suite may be better or worse.';

function attackText({ fooled, decisions, rate, interval }: AttackFigures): string {
  const span = interval ? ` (${points(interval[0])}–${points(interval[1])})` : '';
  return `${fooled} of ${decisions} decisions, ${points(rate)} %${span}`;
}

function usageText({ calls, input_tokens, output_tokens, cost }: NonNullable<JudgeAudit['usage']>): string {
  const tokens =
    input_tokens === undefined && output_tokens === undefined
      ? ''
      : `, ${compact(input_tokens ?? 0)} tokens in and ${compact(output_tokens ?? 0)} out`;
  return `It took ${calls} replies${tokens}, ${cost ? `${cost.amount.toFixed(4)} ${cost.currency}` : 'cost unknown'}.`;
}
