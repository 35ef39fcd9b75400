import { describe, expect, it } from 'vitest';
import { readQuantities } from '../../harness/quantities/index.ts';
import type { Case } from './case.ts';
import { EN_COMPOUND } from './cases/en-compound.ts';
import { EN_EVERYDAY } from './cases/en-everyday.ts';
import { EN_NUMBERS } from './cases/en-numbers.ts';
import { EN_PROSE } from './cases/en-prose.ts';
import { EN_ROLES } from './cases/en-roles.ts';
import { EN_SPANS } from './cases/en-spans.ts';
import { EN_UNITS } from './cases/en-units.ts';
import { EN_WORDS } from './cases/en-words.ts';
import { ZH_COMPOUND } from './cases/zh-compound.ts';
import { ZH_EVERYDAY } from './cases/zh-everyday.ts';
import { ZH_NUMBERS } from './cases/zh-numbers.ts';
import { ZH_PROSE } from './cases/zh-prose.ts';
import { ZH_ROLES } from './cases/zh-roles.ts';
import { ZH_SPANS } from './cases/zh-spans.ts';
import { ZH_UNITS } from './cases/zh-units.ts';
import { tellAll } from './tell.ts';

const TOPICS: readonly [topic: string, cases: readonly Case[]][] = [
  ['English numbers', EN_NUMBERS],
  ['English number words', EN_WORDS],
  ['English units', EN_UNITS],
  ['English ranges, bounds and lists', EN_SPANS],
  ['English names, dates and times', EN_ROLES],
  ['English turns of phrase', EN_EVERYDAY],
  ['English quantities in parts', EN_COMPOUND],
  ['English prose', EN_PROSE],
  ['Chinese numbers', ZH_NUMBERS],
  ['Chinese units', ZH_UNITS],
  ['Chinese ranges, bounds and lists', ZH_SPANS],
  ['Chinese names, dates and times', ZH_ROLES],
  ['Chinese turns of phrase', ZH_EVERYDAY],
  ['Chinese quantities in parts', ZH_COMPOUND],
  ['Chinese prose', ZH_PROSE],
];

describe.each(TOPICS)('%s', (_topic, cases) => {
  it.each(cases)('%s: %s', (_trap, text, reading) => {
    expect(tellAll(readQuantities(text))).toBe(reading);
  });
});

it('keeps at least 400 traps in each language, each told once', () => {
  for (const lang of ['English', 'Chinese']) {
    const cases = TOPICS.filter(([topic]) => topic.startsWith(lang)).flatMap(([, list]) => list);
    expect(cases.length).toBeGreaterThanOrEqual(400);
    expect(new Set(cases.map(([, text]) => text)).size).toBe(cases.length);
  }
});

it('gives offsets of the text as it was written, through markup and fullwidth forms', () => {
  const text = '出力为 **３．２ 万千瓦**，约 $1.2\\times10^{3}$ MW';
  const found = readQuantities(text);
  expect(found.map((quantity) => quantity.text)).toEqual(['３．２ 万千瓦', '1.2\\times10^{3}$ MW']);
  for (const { start, end, text: own } of found) expect(text.slice(start, end)).toBe(own);
});
