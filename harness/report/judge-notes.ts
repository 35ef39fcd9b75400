import { money, points, tokenTotal } from './figures.ts';
import { LEXICAL } from './judge-audit.ts';
import type { Row } from './rows.ts';

/** What a reader must know of how a row was judged, a sentence a line. */
export function judgeNotes({ label, rubric, judging }: Row): string[] {
  return [
    ...(rubric ? rubricNote(label, rubric) : []),
    ...(judging ?? []).map((each) => judgingNote(label, each)),
  ];
}

function rubricNote(label: string, rubric: NonNullable<Row['rubric']>): string[] {
  const { judge, corrected, not_corrected, disagreement } = rubric;
  if (judge === LEXICAL && !corrected && not_corrected === undefined) return [];
  const split =
    disagreement === undefined ? '' : `, its judges differing on ${points(disagreement)} % of criteria`;
  const outcome = corrected
    ? `; ${span(corrected)} without the judge's measured errors`
    : not_corrected === undefined
      ? '; the judge was not audited'
      : `; not corrected, as ${not_corrected}`;
  return [`${label}: rubrics alone ${span(rubric)} by ${judge}${split}${outcome}.`];
}

const span = ({ score, interval: [low, high] }: { score: number; interval: readonly [number, number] }) =>
  `${points(score)} (${points(low)}–${points(high)})`;

function judgingNote(
  label: string,
  { judge, replies, failed, again, tokens, cost }: NonNullable<Row['judging']>[number],
): string {
  const troubles = [failed > 0 ? `${failed} failed` : '', again > 0 ? `${again} asked twice` : ''].filter(
    Boolean,
  );
  const aside = troubles.length > 0 ? ` (${troubles.join(', ')})` : '';
  return `${label}: judging took ${replies} replies of ${judge}${aside}, ${tokenTotal(tokens)} tokens, cost ${money(cost)}.`;
}
