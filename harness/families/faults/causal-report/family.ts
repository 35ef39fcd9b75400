import type { Family } from '../../../core/family.ts';
import { type EventRecordFacts, type EventRecordParams, eventRecordParams } from '../event-record/facts.ts';
import { eventRecordFamily } from '../event-record/family.ts';
import { eventRecordWork } from '../event-record/work.ts';
import { claimFacts, type ReportFacts } from './claim-facts.ts';
import { drawCausalReport } from './facts.ts';
import { causalReportMistakes } from './mistakes.ts';
import { reportOf, wordedReport } from './report.ts';

export type CausalReportAnswer = { facts: ReportFacts };

/** A written diagnosis of a disturbance from its sequence of events, every claim of which is held against the record. */
export const causalReportFamily: Family<EventRecordParams, EventRecordFacts, CausalReportAnswer> = {
  name: 'causal-report',
  version: 3,
  params: eventRecordParams,
  targets: { facts: { type: 'json' } },
  draw: drawCausalReport,
  localise: (facts, lang) => ({ ...facts, lang }),
  unordered: ['sections', 'breakers'],
  solve: (facts) => ({ facts: claimFacts(facts) }),
  vars: (facts, lang) => eventRecordFamily.vars?.(facts, lang) ?? {},
  reply: (facts, _answer, lang) => wordedReport(reportOf(facts, lang)),
  mistakes: causalReportMistakes,
  work: (facts, _answer, lang) => eventRecordWork(facts, eventRecordFamily.solve(facts), lang),
};
