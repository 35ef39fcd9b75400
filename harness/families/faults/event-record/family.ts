import type { Verdict } from '../../../core/checker.ts';
import type { Family } from '../../../core/family.ts';
import {
  evidenceIn,
  operationsOf,
  readRecord,
  signalKey,
} from '../../../engineering/faults/records/explain.ts';
import { openAtEnd } from '../../../engineering/faults/records/operations.ts';
import { inWords, replyWith } from '../../wording.ts';
import {
  drawEventRecord,
  type EventRecordFacts,
  type EventRecordParams,
  eventRecordParams,
  gridOf,
} from './facts.ts';
import { eventRecordMistakes } from './mistakes.ts';
import { deviceText, keyText, kindText, signalText } from './words.ts';
import { eventRecordWork } from './work.ts';

export type EventRecordAnswer = {
  /** Faulted sections. */
  sections: string[];
  /** A breaker that did not open, or a section whose main protection did not act. */
  failed: string[];
  /** Rows that are not true. */
  untrue: string[];
  /** Signals that should be there and are not, `station:device:signal` in words. */
  missing: string[];
  /** Breakers open at the end. */
  open: string[];
  /** How far the one clock is ahead of the other, ms. */
  clock: number;
};

/** Sequence of events of a disturbance: what was faulted, which device failed, which alarms are untrue, which are missing. */
export const eventRecordFamily: Family<EventRecordParams, EventRecordFacts, EventRecordAnswer> = {
  name: 'event-record',
  version: 2,
  params: eventRecordParams,
  targets: {
    sections: { type: 'set' },
    failed: { type: 'set' },
    untrue: { type: 'set' },
    missing: { type: 'set' },
    open: { type: 'set' },
    clock: { type: 'number', unit: 'ms' },
  },
  draw: drawEventRecord,
  localise: (facts, lang) => ({ ...facts, lang }),
  unordered: ['sections', 'breakers'],
  solve: solveEventRecord,
  vars: ({ sections, rows, ...facts }, lang) => ({
    ...facts,
    sections: sections.map((section) => ({
      ...section,
      kind: kindText(section.kind, lang),
      bus: section.kind === 'bus',
    })),
    rows: rows.map((row) => ({
      ...row,
      device: deviceText(row.device, lang),
      signal: signalText(row.signal, lang),
    })),
  }),
  reply: (_facts, answer, lang) =>
    replyWith(
      inWords(lang, {
        en: 'Every section was tried, with each of its breakers or its main protection failing; only this leaves the record as it is within the stated numbers of lost and untrue signals:',
        zh: '对各元件故障逐一假设（含断路器拒动、主保护拒动），与记录逐条比对，在给定的漏报、误报数量内仅有下述解释成立：',
      }),
      answer,
    ),
  mistakes: eventRecordMistakes,
  verify: { sections: (_facts, { sections }, proposal) => namesOne(sections, proposal) },
  work: eventRecordWork,
};

/** The one reading of the record. */
export function solveEventRecord(facts: EventRecordFacts): EventRecordAnswer {
  const { rows, most, clocks, lang } = facts;
  const grid = gridOf(facts);
  const readings = readRecord(grid, evidenceIn(rows), most);
  const [reading] = readings;
  if (!reading || readings.length > 1) throw new Error(`a record with ${readings.length} readings`);
  const { faults, missing, untrue } = reading;
  const false_keys = new Set(untrue);
  return {
    sections: faults.map(({ zone }) => zone),
    failed: faults.flatMap(({ zone, failed_breakers, failed_main }) =>
      failed_main ? [zone] : failed_breakers,
    ),
    untrue: rows.filter((row) => false_keys.has(signalKey(row))).map(({ no }) => String(no)),
    missing: missing.map((key) => keyText(key, lang)),
    open: [...openAtEnd(operationsOf(grid, faults, () => 0.5))].sort(),
    clock: startedAt(facts, clocks.ahead) - startedAt(facts, clocks.than),
  };
}

/** When a station's recorder started, ms of the day by its own clock. */
export function startedAt({ rows }: EventRecordFacts, station: string): number {
  const row = rows.find((one) => one.station === station && one.signal === 'recorder-start');
  const [hours, minutes, seconds] = (row?.time ?? '').split(':').map(Number) as [number, number, number];
  return Math.round(((hours * 60 + minutes) * 60 + seconds) * 1000);
}

/** What a section is, said beside its name: "bus A.II", "A.II母线". */
const KIND_WORDS =
  /^(?:bus|busbar|line|transformer|section|母线|线路|主变|元件)|(?:bus|line|母线|线路|主变)$/g;

/** An answer that names none of the faulted sections ("all clear" among them) is worth nothing, whatever else it says. */
function namesOne(sections: readonly string[], proposal: unknown): Verdict {
  const plain = (name: unknown) =>
    String(name)
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\s*`"']/g, '')
      .replace(KIND_WORDS, '');
  const right = new Set(sections.map(plain));
  const text = typeof proposal === 'string' ? proposal.slice(0, 10_000).split(/[,，、;；]/) : [];
  const given: readonly unknown[] = Array.isArray(proposal) ? proposal : text;
  return given.slice(0, 1000).some((name) => typeof name === 'string' && right.has(plain(name)))
    ? { value: 1, reason: 'names a section that is faulted' }
    : { value: 0, reason: 'names no section that is faulted' };
}
