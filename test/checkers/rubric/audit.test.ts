import { describe, expect, it } from 'vitest';
import { INJECTIONS, MASTER_KEYS } from '../../../harness/checkers/rubric/audit/attacks.ts';
import { AUDIT_KINDS } from '../../../harness/checkers/rubric/audit/replies.ts';
import { type AuditItem, auditSet } from '../../../harness/checkers/rubric/audit/set.ts';
import type { RubricConfig } from '../../../harness/checkers/rubric/config.ts';
import { worthless } from '../../../harness/checkers/rubric/precheck.ts';
import { inputFor, judgeRequests } from '../../../harness/checkers/score-reply.ts';
import { regexProblem } from '../../../harness/checkers/text.ts';

const set = auditSet();
const configOf = ({ sample }: AuditItem) => sample.checks[0]?.config as RubricConfig;
const question = ({ sample }: AuditItem) => sample.messages[0]?.content ?? '';
const named = (item: AuditItem) => `${item.sample.id}`;
const plain = set.items.filter(({ kind }) => kind !== 'injection' && kind !== 'master-key');

/**
 * The truth told another way than it was made: figures are taken from the question's own text, and looked for in the
 * sentences of the reply with the words that give them their sense. Undefined for criteria that figures do not decide.
 */
type Predicate = (sentences: string[], asked: string) => boolean;
const num = (text: string, pattern: RegExp): number => Number(pattern.exec(text)?.[1] ?? Number.NaN);
const some = (sentences: string[], ...patterns: (string | RegExp)[]) =>
  sentences.some((sentence) =>
    patterns.every((pattern) =>
      typeof pattern === 'string' ? sentence.includes(pattern) : pattern.test(sentence),
    ),
  );
const MW = (value: number) => new RegExp(`(?<![0-9.])${value} ?MW`);

const PREDICATES: Record<string, Record<string, Predicate>> = {
  en: {
    'icing size': (said, asked) => {
      const gap = num(asked, /forecast was (\d+) MW/) - num(asked, /both read (\d+) MW/);
      return said.some((s) => MW(gap).test(s) && /below|missing|short/.test(s));
    },
    'icing until': (said, asked) => some(said, new RegExp(`(?<!\\d)${num(asked, /from about (\d+):00/)}:00`)),
    'overload loading': (said, asked) => {
      const percent = Math.round((100 * num(asked, /carries (\d+) MW/)) / num(asked, /rating is (\d+) MW/));
      return some(said, new RegExp(`(?<!\\d)${percent} (%|per cent)`));
    },
    'overload amount': (said, asked) => {
      const shift = Math.round((num(asked, /carries (\d+) MW/) - num(asked, /rating is (\d+) MW/)) / 0.4);
      return said.some((s) => MW(shift).test(s) && !/not be enough/.test(s));
    },
    'overload direction': (said, asked) => {
      const from = /Power station (\w) lies at the sending/.exec(asked)?.[1] ?? '?';
      const to = /power station (\w) at the receiving/.exec(asked)?.[1] ?? '?';
      return said.some(
        (s) =>
          (s.startsWith(`Lower power station ${from}`) && s.includes(`raise power station ${to}`)) ||
          s.includes(`from station ${from} to station ${to}`) ||
          s.includes(`${to} generate more and ${from} less`),
      );
    },
    'frequency nadir': (said, asked) => {
      const nadir = /to (\d\d\.\d\d) Hz and/.exec(asked)?.[1] ?? '?';
      return said.some((s) => s.includes(`${nadir} Hz`) && !s.includes('far from'));
    },
    'frequency recovery': (said, asked) =>
      some(said, new RegExp(`(?<!\\d)${num(asked, /after (\d+) min/)} min`)),
    'frequency reserve': (said, asked) => some(said, MW(num(asked, /; (\d+) MW of reserve/)), /reserve/i),
    'heat change': (said, asked) => {
      const more = num(asked, /forecast maximum (\d+) MW/) - num(asked, /maximum was (\d+) MW/);
      return said.some((s) => MW(more).test(s) && /higher|up by|above/.test(s));
    },
    'heat time': (said, asked) => some(said, /(\d+:30)/.exec(asked)?.[1] ?? '?'),
    'permit earth': (said, asked) => {
      const own = num(asked, /earth switch (\d+) on the line/);
      return said.some((s) => new RegExp(`(?<!\\d)${own}(?!\\d)`).test(s) && !s.includes('stays open'));
    },
  },
  zh: {
    'icing size': (said, asked) => {
      const gap = num(asked, /预测平均 (\d+) MW/) - num(asked, /遥测均为 (\d+) MW/);
      return said.some((s) => MW(gap).test(s) && /低约|缺额|少发/.test(s));
    },
    'icing until': (said, asked) =>
      some(said, new RegExp(`(?<!\\d)${num(asked, /(\d+):00 前后气温/)} ?(:00|时|点)`)),
    'overload loading': (said, asked) => {
      const percent = Math.round((100 * num(asked, /潮流将达 (\d+) MW/)) / num(asked, /限额为 (\d+) MW/));
      return some(said, new RegExp(`(?<!\\d)${percent}%`));
    },
    'overload amount': (said, asked) => {
      const shift = Math.round((num(asked, /潮流将达 (\d+) MW/) - num(asked, /限额为 (\d+) MW/)) / 0.4);
      return said.some((s) => MW(shift).test(s) && !s.includes('不够'));
    },
    'overload direction': (said, asked) => {
      const from = /([A-D]) 厂位于送端/.exec(asked)?.[1] ?? '?';
      const to = /([A-D]) 厂位于受端/.exec(asked)?.[1] ?? '?';
      return said.some(
        (s) =>
          s.includes(`降低 ${from} 厂出力，增加 ${to} 厂`) ||
          s.includes(`由 ${from} 厂转移至 ${to} 厂`) ||
          s.includes(`${to} 厂增发，${from} 厂等量减发`),
      );
    },
    'frequency nadir': (said, asked) => {
      const nadir = /降至 (\d\d\.\d\d) Hz/.exec(asked)?.[1] ?? '?';
      return said.some((s) => s.includes(`${nadir} Hz`) && !s.includes('远未到'));
    },
    'frequency recovery': (said, asked) =>
      some(said, new RegExp(`(?<!\\d)${num(asked, /(\d+) min 后恢复/)} ?(min|分钟)`)),
    'frequency reserve': (said, asked) => some(said, MW(num(asked, /旋转备用 (\d+) MW/)), '备用'),
    'heat change': (said, asked) => {
      const more = num(asked, /预测最大负荷 (\d+) MW/) - num(asked, /今日最大负荷 (\d+) MW/);
      return said.some((s) => MW(more).test(s) && /比今日高|增加|上升/.test(s));
    },
    'heat time': (said, asked) => {
      const hour = num(asked, /出现在 (\d+):30/);
      return some(said, new RegExp(`(?<!\\d)${hour}( 点半|:30)`));
    },
    'permit earth': (said, asked) => {
      const own = num(asked, /线路侧接地刀闸 (\d+)/);
      return said.some((s) => new RegExp(`(?<!\\d)${own}(?!\\d)`).test(s) && !s.includes('保持断开'));
    },
  },
};
const sentences = (text: string) => text.split(/(?<=[.。])(?=\s|[^\d\s])/).map((s) => s.trim());

describe('the audit set', () => {
  it('holds 200 decisions and more in each language, with met and not met in fair shares', () => {
    for (const lang of ['en', 'zh'] as const) {
      const truths = plain
        .filter(({ sample }) => sample.lang === lang)
        .flatMap(({ truth }) => Object.values(truth));
      expect(truths.length).toBeGreaterThanOrEqual(200);
      const share = truths.filter(Boolean).length / truths.length;
      expect(share).toBeGreaterThan(0.4);
      expect(share).toBeLessThan(0.7);
    }
  });
  it('is the same on every machine: a change must raise its version', () => {
    expect(set.version).toBe(1);
    expect(set.hash).toBe(auditSet(['en', 'zh']).hash);
    expect(set.hash).not.toBe(auditSet(['en']).hash);
  });
  it('asks each reply once, and has every kind in both languages', () => {
    expect(new Set(set.items.map(({ sample }) => sample.hash)).size).toBe(set.items.length);
    expect(new Set(set.items.map(named)).size).toBe(set.items.length);
    for (const lang of ['en', 'zh'])
      expect(new Set(set.items.filter(({ sample }) => sample.lang === lang).map(({ kind }) => kind))).toEqual(
        new Set(AUDIT_KINDS),
      );
  });

  const keys = Object.keys(PREDICATES['en'] ?? {});
  it.each(['en', 'zh'].flatMap((lang) => keys.map((key) => [lang, key] as const)))(
    'knows the truth, as %s figures of the question tell it too: %s',
    (lang, key) => {
      const [task, criterion] = key.split(' ') as [string, string];
      const items = plain.filter(({ sample }) => sample.lang === lang && sample.task === task);
      const truths = items.map((item) => {
        const told = PREDICATES[lang]?.[key]?.(sentences(item.reply), question(item));
        expect([named(item), told]).toEqual([named(item), item.truth[criterion]]);
        return told;
      });
      expect(new Set(truths).size).toBe(2);
    },
  );

  it('lets each statement decide its own criterion alone: none stands under two', () => {
    for (const { sample, kind, said, truth } of plain) {
      for (const [criterion, statement] of Object.entries(said))
        expect([sample.id, kind, criterion, truth[criterion]]).toEqual([
          sample.id,
          kind,
          criterion,
          statement.startsWith('met'),
        ]);
    }
  });
  it('is written in its own language: no Chinese in English, and no English sentence in Chinese', () => {
    for (const item of plain) {
      const words = [
        question(item),
        item.reply,
        ...configOf(item).criteria.map(({ text }) => Object.values(text).join()),
      ];
      if (item.sample.lang === 'en') expect(words.join(' ')).not.toMatch(/\p{Script=Han}/u);
      else expect(words.join(' ')).not.toMatch(/[a-z]{3,} [a-z]{2,}/i);
    }
  });
  it('attacks with replies in which nothing good is met and the bad thing is done', () => {
    for (const { kind, truth, negative } of set.items.filter(({ kind }) => kind === 'injection'))
      for (const [criterion, met] of Object.entries(truth))
        expect([kind, criterion, met]).toEqual([kind, criterion, negative[criterion]]);
    for (const lang of ['en', 'zh'] as const) {
      expect(new Set(INJECTIONS[lang]).size).toBeGreaterThanOrEqual(5);
      expect(new Set(MASTER_KEYS[lang]).size).toBe(10);
    }
  });
  it('asks a judge even what a run would not: formulas, which the check before it gives 0', () => {
    for (const item of set.items.filter(({ kind }) => kind === 'master-key')) {
      expect(worthless(configOf(item), inputFor(item.sample, item.reply))).toBeDefined();
      expect(judgeRequests(item.sample, item.reply)).toHaveLength(5);
    }
    for (const item of plain)
      expect([named(item), worthless(configOf(item), inputFor(item.sample, item.reply))]).toEqual([
        named(item),
        undefined,
      ]);
  });
  it('shows the judge a reference in the language of the sample', () => {
    for (const item of set.items.slice(0, 40))
      expect(judgeRequests(item.sample, item.reply)[0]?.request.messages[1]?.content).toContain(
        item.sample.oracle.reply(),
      );
  });
  it('has patterns that compile', () => {
    for (const item of plain)
      for (const { evidence } of configOf(item).criteria)
        expect([...(evidence.en ?? []), ...(evidence.zh ?? [])].flat().flatMap(regexProblem)).toEqual([]);
  });
});
