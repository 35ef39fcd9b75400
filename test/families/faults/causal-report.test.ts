import { describe, expect, it } from 'vitest';
import { claims } from '../../../harness/checkers/claims/claims.ts';
import { claimFactsSchema } from '../../../harness/checkers/claims/facts.ts';
import type { Lang } from '../../../harness/core/lang.ts';
import { createRandom } from '../../../harness/core/random.ts';
import {
  clearedMs,
  firstTrip,
  msOf,
  rowsOf,
  storyOf,
} from '../../../harness/families/faults/causal-report/facts.ts';
import { causalReportFamily as family } from '../../../harness/families/faults/causal-report/family.ts';
import { reportOf, wordedReport } from '../../../harness/families/faults/causal-report/report.ts';
import type {
  EventRecordFacts,
  EventRecordParams,
  EventRow,
} from '../../../harness/families/faults/event-record/facts.ts';

const PARAMS: EventRecordParams = {
  stations: [5, 8],
  faults: 1,
  lost: 1,
  untrue: 1,
  events: [40, 90],
  clock_ms: 0,
  failure: 0.8,
};

const draws = Array.from({ length: 24 }, (_, seed) => family.draw(PARAMS, createRandom(`report ${seed}`)));

/** Once a question, as in a run: what claims are held against is read once for all replies to it. */
function once<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const made = new WeakMap<K, { value: V }>();
  return (key) => {
    let known = made.get(key);
    if (!known) made.set(key, (known = { value: make(key) }));
    return known.value;
  };
}

const solved = once((facts: EventRecordFacts) => family.solve(facts));
const inChinese = once((facts: EventRecordFacts) => family.localise?.(facts, 'zh') ?? facts);
const inEnglish = once((facts: EventRecordFacts) => family.localise?.(facts, 'en') ?? facts);

/** What the check makes of a report. */
function judged(facts: EventRecordFacts, reply: string): { value: number; reason: string } {
  const targets: Record<string, unknown> = solved(facts);
  const score = claims.check(claims.config.parse({}), {
    reply,
    question: '',
    targets,
    targetUnits: {},
    answer: { fields: {}, obeyed: true },
    spec: { style: 'text', fields: [] },
    lang: facts.lang,
  });
  return { value: score.status === 'scored' ? score.value : Number.NaN, reason: score.reason };
}

const inLang = (facts: EventRecordFacts, lang: Lang) => (lang === 'zh' ? inChinese : inEnglish)(facts);
const right = (facts: EventRecordFacts) => family.reply(facts, solved(facts), facts.lang);

/** The first opening of each breaker that has one, in no order of time. */
function openings(facts: EventRecordFacts): EventRow[] {
  const { expected } = storyOf(facts);
  const ids = new Set(expected.flatMap(({ device, signal }) => (signal === 'breaker-open' ? [device] : [])));
  return [...ids].flatMap((id) => rowsOf(facts, id, ['breaker-open']).slice(0, 1));
}

/** Right reports whose breakers open several to a sentence. */
function severalAtOnce(facts: EventRecordFacts): string[] {
  const opened = openings(facts);
  const report = reportOf(facts, facts.lang);
  const zh = facts.lang === 'zh';
  const stop = zh ? '。' : '. ';
  const first = firstTrip(facts) ? `${report.course.split(stop)[0]}${stop}` : '';
  const list = (word: (row: EventRow) => string, between: string) => opened.map(word).join(between);
  const names = list(({ device }) => device, zh ? '、' : ' and ');
  const times = list(({ time }) => time, zh ? '、' : ' and ');
  const courses = zh
    ? [
        `断路器${list(({ device, time }) => `${device}（${time}）`, '、')}跳开。`,
        `断路器${names}分别于 ${times} 跳开。`,
        `${list(({ device, time }) => `断路器${device}于 ${time} 跳开`, '、')}。`,
        `${list(({ device, time }) => `${time} 断路器${device}跳开`, '，')}。`,
      ]
    : [
        `Breakers ${list(({ device, time }) => `${device} (${time})`, ', ')} opened.`,
        `Breakers ${names} opened at ${times}, respectively.`,
        `${list(({ device, time }) => `${device} opened at ${time}`, ' and ')}.`,
        `${list(({ device, time }) => `${device} at ${time}`, ', ').replace(' at ', ' opened at ')}.`,
      ];
  return courses.map((course) => wordedReport({ ...report, course: first + course }));
}

describe('causal-report', () => {
  it('gives facts of the shape that the claims check reads', () => {
    for (const facts of draws) {
      const parsed = claimFactsSchema.safeParse(solved(facts).facts);
      expect(parsed.error?.issues ?? []).toEqual([]);
      const ids = new Set(parsed.data?.events.map(({ id }) => id));
      for (const required of parsed.data?.required ?? [])
        if (required.fact === 'event') expect(ids.has(required.id), required.id).toBe(true);
    }
  });

  it('finds the right report right in both languages', () => {
    for (const drawn of draws)
      for (const lang of ['en', 'zh'] as const) {
        const facts = inLang(drawn, lang);
        const { value, reason } = judged(facts, right(facts));
        expect(value, `${reason}\n${right(facts)}`).toBe(1);
      }
  });

  it('counts every time of the record that is moved by a second as false', () => {
    for (const facts of draws.slice(0, 30)) {
      const moved = right(facts).replace(
        /(\d\d:\d\d:)(\d\d)\./g,
        (_all, head: string, seconds: string) =>
          `${head}${String((Number(seconds) + 1) % 60).padStart(2, '0')}.`,
      );
      expect(judged(facts, moved).value, moved).toBeLessThan(0.75);
    }
  });

  it('takes another clearing time, another faulted section, and a failed breaker that opened for false', () => {
    for (const facts of draws.slice(0, 30)) {
      const { fault, grid } = storyOf(facts);
      const report = right(facts);
      const cleared = clearedMs(facts) ?? Number.NaN;
      const other = grid.zones.find(({ id }) => id !== fault.zone)?.id ?? '';
      const [failed] = fault.failed_breakers;
      const spoilt = [
        report.replace(`${cleared} ms`, `${cleared + 60} ms`),
        `${report} There was a fault on ${other}.`,
        ...(failed ? [report.replaceAll(`Breaker ${failed} did not open`, `Breaker ${failed} opened`)] : []),
      ];
      for (const text of spoilt) expect(judged(facts, text).value, text).toBeLessThan(0.95);
    }
  });

  it('reads an order, a circuit or an inspection for what it is, not for an event', () => {
    for (const facts of draws) {
      const { fault } = storyOf(facts);
      const [failed] = fault.failed_breakers;
      const harmless = failed
        ? `Breaker ${failed} was told to open. Inspect the trip circuit of ${failed}.`
        : `Inspect the main protection of ${fault.zone} before it is put back.`;
      const text = `${right(facts)}\n\n${harmless}`;
      expect(judged(facts, text).value, judged(facts, text).reason).toBe(1);
    }
  });

  it('understands a report worded otherwise', () => {
    for (const drawn of draws) {
      const { fault } = storyOf(drawn);
      const [failed] = fault.failed_breakers;
      if (!failed) continue;
      const english = right(drawn)
        .replace(`Breaker ${failed} did not open.`, `${failed} failed to open.`)
        .replace(/There was a lasting fault on (line|bus|transformer) /, 'The record shows a fault on ');
      expect(judged(drawn, english).value, english).toBe(1);
      const facts = inLang(drawn, 'zh');
      const chinese = right(facts).replace(`断路器${failed}未跳开`, `断路器${failed}拒动`);
      expect(judged(facts, chinese).value, `${judged(facts, chinese).reason} ${chinese}`).toBe(1);
    }
  });

  it('takes a row that is called false by what it reports for denied', () => {
    for (const drawn of draws) {
      const [alarm] = storyOf(drawn).untrue;
      if (alarm?.signal !== 'main1-trip') continue;
      const facts = inLang(drawn, 'zh');
      const chinese = right(facts)
        .replace(
          `${alarm.device}主保护并未动作，第 ${alarm.no} 行为误报`,
          `第 ${alarm.no} 行“${alarm.device}主保护动作”为误报`,
        )
        .replace(/故障，为永久性故障/, '发生永久性故障');
      expect(chinese).not.toBe(right(facts));
      expect(judged(facts, chinese).value, `${judged(facts, chinese).reason} ${chinese}`).toBe(1);
      const english = right(drawn).replace(
        `The main protection of ${alarm.device} did not operate: row ${alarm.no} is untrue.`,
        `The row saying that the main protection of ${alarm.device} operated is untrue.`,
      );
      expect(judged(drawn, english).reason, english).not.toContain('contradicted)');
    }
  });

  it('takes several events told in one sentence for what each says, with its own time', () => {
    for (const drawn of draws.slice(0, 8))
      for (const lang of ['en', 'zh'] as const) {
        const facts = inLang(drawn, lang);
        for (const report of severalAtOnce(facts)) {
          const { value, reason } = judged(facts, report);
          expect(value, `${reason}\n${report}`).toBe(1);
        }
      }
  });

  it('sees a wrong time within such a sentence, and the time of one event given to another', () => {
    for (const drawn of draws.slice(0, 8))
      for (const lang of ['en', 'zh'] as const) {
        const facts = inLang(drawn, lang);
        const opened = openings(facts);
        const [first, last] = [opened[0], opened.at(-1)];
        if (!first || !last || Math.abs(msOf(first) - msOf(last)) < 10) continue;
        for (const report of severalAtOnce(facts)) {
          const swapped = report.replaceAll(first.time, '@').replaceAll(last.time, first.time);
          for (const wrong of [
            swapped.replaceAll('@', last.time),
            report.replaceAll(last.time, '03:03:03.003'),
          ])
            expect(judged(facts, wrong).value, wrong).toBeLessThan(0.95);
        }
      }
  });

  it('reads a failure and what followed from it in one sentence, and neither denies the other', () => {
    for (const drawn of draws.slice(0, 8))
      for (const lang of ['en', 'zh'] as const) {
        const facts = inLang(drawn, lang);
        const [failed] = storyOf(facts).fault.failed_breakers;
        const [row] = failed ? rowsOf(facts, failed, ['breaker-failure-trip']) : [];
        if (!failed || !row) continue;
        const parts = reportOf(facts, lang);
        const sentences =
          lang === 'zh'
            ? [
                `断路器${failed}拒动，其失灵保护于 ${row.time} 动作，跳开相邻断路器。`,
                `断路器${failed}未跳开，${row.time} 断路器${failed}失灵保护动作。`,
              ]
            : [
                `Breaker ${failed} did not open and its breaker failure protection operated at ${row.time}.`,
                `At ${row.time} the breaker failure protection of ${failed} operated, because ${failed} did not open.`,
              ];
        for (const sentence of sentences) {
          const { value, reason } = judged(facts, wordedReport({ ...parts, failed: sentence }));
          expect(value, `${reason}\n${sentence}`).toBe(1);
          const late = sentence.replace(row.time, '03:03:03.003');
          expect(judged(facts, wordedReport({ ...parts, failed: late })).value, late).toBeLessThan(0.9);
        }
      }
  });

  it('pays nothing for the record copied out, for an all clear, or for silence', () => {
    for (const facts of draws.slice(0, 20)) {
      const copied = facts.rows.map(({ no, time, device, signal }) => `${no} ${time} ${device} ${signal}`);
      for (const reply of ['', 'There was no fault. All alarms are untrue.', copied.join('\n')])
        expect(judged(facts, reply).value, reply.slice(0, 60)).toBeLessThan(0.3);
    }
  });

  it('asks for reports on lasting faults with a clearing time that the record shows', () => {
    for (const facts of draws) {
      expect(storyOf(facts).fault.permanent).toBe(true);
      expect(clearedMs(facts)).toBeGreaterThan(30);
      expect(clearedMs(facts)).toBeLessThan(1800);
    }
  });

  it('takes the back-up that the record shows first for the first, whatever order the simulator lists them in', () => {
    const dead = draws.filter((facts) => storyOf(facts).fault.failed_main);
    expect(dead.length).toBeGreaterThan(2);
    for (const facts of dead) {
      const { untrue } = storyOf(facts);
      const first = facts.rows.find(
        (row) => /^(zone2|backup-overcurrent)-trip$/.test(row.signal) && !untrue.includes(row),
      );
      const timed = family
        .solve(facts)
        .facts.required.flatMap((one) => (one.fact === 'event' && one.part === 'time' ? [one.id] : []));
      expect(timed).toContain(`${first?.signal === 'zone2-trip' ? 'zone2' : 'backup'}:${first?.device}`);
    }
  });
});
