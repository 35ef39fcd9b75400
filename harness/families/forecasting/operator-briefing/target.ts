import { type BriefingCause, possibleCauses } from './causes.ts';
import type { BriefingFacts } from './facts.ts';
import {
  causeNames,
  LIMIT,
  MARGIN,
  RESERVE,
  SHORTFALL,
  STRESSED,
  seriesNames,
  WEATHER_NAMES,
} from './names.ts';
import { type Briefing, RAMP_H } from './solve.ts';

interface Lists {
  en: string[];
  zh: string[];
}
const together = (...all: Lists[]): Lists => ({
  en: all.flatMap(({ en }) => en),
  zh: all.flatMap(({ zh }) => zh),
});

/** Names of the days of the table, first to last. */
function dayNames({ days, horizon }: BriefingFacts): { names: Lists }[] {
  const words = [
    { en: ['tomorrow'], zh: ['明日', '明天', '次日'] },
    { en: ['today', 'this morning', 'this afternoon'], zh: ['今日', '今天', '当日'] },
    { en: ['yesterday'], zh: ['昨日', '昨天'] },
  ].slice(horizon === 'day_ahead' ? 0 : 1);
  return Array.from({ length: days }, (_, day) => {
    const back = days - 1 - day;
    const { en, zh } = words[back] ?? { en: [], zh: [] };
    const letters = LETTERS(back);
    return { names: { en: [...en, ...letters.en], zh: [...zh, ...letters.zh] } };
  });
}

/** Days as the table labels them. "D" alone is a letter, so it needs a word beside it. */
const LETTERS = (back: number) =>
  back === 0
    ? { en: ['day D', 'on D', 'of D', 'for D'], zh: ['D日', 'D 日'] }
    : { en: [`D-${back}`, `D−${back}`], zh: [`D-${back}日`, `D-${back} 日`] };

/** The facts that a briefing's claims are held against: see `checkers/claims/facts.ts` for their shape. */
export function briefingTarget(facts: BriefingFacts, briefing: Briefing): Record<string, unknown> {
  const { series, rows, issued, days, weather_kind } = facts;
  const names = seriesNames(series);
  const weather = WEATHER_NAMES[weather_kind];
  const one = { unit: facts.unit };
  return {
    clock: { step_min: 60, days: dayNames(facts), focus: [issued, days * 24] },
    series: [
      {
        id: 'forecast',
        names: together(names.forecast, names.both),
        ...one,
        values: rows.map(({ forecast }) => forecast),
      },
      {
        id: 'actual',
        names: together(names.actual, names.both),
        ...one,
        values: rows.map(({ actual }) => actual),
      },
      {
        id: 'weather_forecast',
        names: { en: weather.en, zh: weather.zh },
        unit: weather.unit,
        values: rows.map((row) => row.weather_forecast),
      },
      {
        id: 'weather',
        names: { en: weather.en, zh: weather.zh },
        unit: weather.unit,
        values: rows.map((row) => row.weather),
      },
    ],
    pairs: [{ forecast: 'forecast', actual: 'actual' }],
    quantities: figures(facts, briefing),
    causes: causesOf(facts),
    required: requiredOf(facts, briefing),
  };
}

function figures({ series, unit, capacity, limit }: BriefingFacts, { reserve, stressed, margin }: Briefing) {
  return [
    {
      id: 'reserve',
      names: RESERVE[series === 'price' ? 'price' : 'power'],
      value: reserve,
      unit,
      safety: true,
    },
    { id: 'stressed', names: STRESSED, value: stressed, unit, rel: 0.005 },
    {
      id: 'margin',
      names: MARGIN,
      opposite: SHORTFALL,
      value: margin,
      unit,
      rel: 0.02,
      abs: 0.003 * capacity,
      safety: true,
    },
    { id: 'limit', names: LIMIT[series], value: limit, unit, rel: 0.001 },
  ];
}

function causesOf({ series, past, ahead }: BriefingFacts) {
  const acting = new Map<BriefingCause, { from: number; to: number }>(
    [past, ahead].map(({ kind, from, to }) => [kind, { from, to }]),
  );
  // New Year is a holiday: who says so is not wrong.
  const blamed = possibleCauses(series).filter(
    (kind) => kind !== 'holiday' || acting.has(kind) || !acting.has('spring_festival'),
  );
  return blamed.map((kind) => ({
    id: kind,
    names: causeNames(kind, series, acting.has(kind)),
    holds: acting.has(kind),
    ...acting.get(kind),
  }));
}

function requiredOf({ past, ahead }: BriefingFacts, { ramp, reviewed: [from, to] }: Briefing) {
  const change = { fact: 'change', series: 'forecast', from: ramp.step, to: ramp.step + RAMP_H };
  const error = { fact: 'difference', a: 'forecast', b: 'actual', from, to };
  return [
    { fact: 'extreme', series: 'forecast', which: 'max', part: 'value' },
    { fact: 'extreme', series: 'forecast', which: 'max', part: 'time', safety: true },
    { ...change, part: 'direction', safety: true },
    { ...change, part: 'size' },
    { ...error, part: 'direction', safety: true },
    { ...error, part: 'size' },
    { fact: 'cause', id: past.kind, weight: 2 },
    { fact: 'cause', id: ahead.kind },
    { fact: 'quantity', id: 'reserve', weight: 2, safety: true },
    { fact: 'quantity', id: 'stressed' },
    { fact: 'quantity', id: 'margin', safety: true },
  ];
}
