import * as z from 'zod';
import { parseUnit } from '../../quantities/index.ts';

/**
 * What is known of a sample, as the `claims` check grounds a reply in it. A family solves for one JSON target of this
 * shape (a field of type `json`, say `facts`):
 *
 *     clock      series run on steps of `step_min` minutes from 0:00 of the first day; `days` names the days in order;
 *                `focus` is the window [from, to) of steps that a reply speaks of where it names no day
 *     series     values by step, in `unit`; several series may share a name ("load"): a claim may then mean either
 *     pairs      which series is a forecast of which: the sign of an error is that of forecast − actual
 *     quantities single figures that have names: a capacity, a recommended reserve
 *     causes     what acted (`holds`) and what a reader may wrongly blame; with the steps [from, to) in which it acted
 *     elements   breakers, relays, lines; `kinds` is what they do (trip, open, pick up)
 *     events     an element doing a kind of thing, or a phrase of its own (fault inception), at `time_ms` since 0:00 of
 *                the first day; `happened: false` is what did not happen and might be claimed
 *     required   what a reply must state, each once or oftener, as an assertion
 *
 * Names are plain phrases, case does not matter; the longest that fits wins. Give every wording an engineer would use,
 * and none that means something else beside it.
 */
const names = z.strictObject({
  en: z.array(z.string().min(1)).default([]),
  zh: z.array(z.string().min(1)).default([]),
});
export type Names = z.infer<typeof names>;

const id = z.string().min(1).max(100);
const unit = z.string().refine((text) => parseUnit(text) !== undefined, 'is not a unit');
const step = z.number().int().min(0);
/** Tolerances of one figure; the check's own hold where they are absent. */
const tolerance = { abs: z.number().nonnegative().optional(), rel: z.number().nonnegative().optional() };
/** `safety`: contradicting it weighs double. */
const weighing = { weight: z.number().positive().default(1), safety: z.boolean().default(false) };

const seriesSchema = z.strictObject({
  id,
  names,
  unit,
  values: z.array(z.number().nullable()).min(1).max(20_000),
  ...tolerance,
});
export type SeriesFact = z.infer<typeof seriesSchema>;

const quantitySchema = z.strictObject({
  id,
  names,
  /** Names under which the figure is told with the other sign: a margin of −120 MW is a shortfall of 120 MW. */
  opposite: names.optional(),
  value: z.number(),
  unit,
  ...tolerance,
  safety: z.boolean().default(false),
});
export type QuantityFact = z.infer<typeof quantitySchema>;

const causeSchema = z.strictObject({
  id,
  names,
  holds: z.boolean(),
  from: step.optional(),
  to: step.optional(),
});
export type CauseFact = z.infer<typeof causeSchema>;

const eventSchema = z.strictObject({
  id,
  /** An element and a kind, or names of its own; either is enough, both may be given. */
  element: id.optional(),
  kind: id.optional(),
  names: names.optional(),
  happened: z.boolean().default(true),
  time_ms: z.number().optional(),
  abs_ms: z.number().nonnegative().default(1),
});
export type EventFact = z.infer<typeof eventSchema>;

const requiredSchema = z.discriminatedUnion('fact', [
  /** The highest or lowest value of a series, or the time of it, over the focus or the steps [from, to). */
  z.strictObject({
    fact: z.literal('extreme'),
    series: id,
    which: z.enum(['max', 'min']),
    part: z.enum(['value', 'time']),
    from: step.optional(),
    to: step.optional(),
    ...weighing,
  }),
  /** The change of a series from one step to another; a claim over at least half of the same window covers it. */
  z.strictObject({
    fact: z.literal('change'),
    series: id,
    from: step,
    to: step,
    /** `direction`: that it rises or falls is enough; `size`: how much, or how much an hour. */
    part: z.enum(['direction', 'size']).default('size'),
    ...weighing,
  }),
  /** Which of two series lies above the other, on average over the steps [from, to). */
  z.strictObject({
    fact: z.literal('difference'),
    a: id,
    b: id,
    from: step,
    to: step,
    part: z.enum(['direction', 'size']).default('direction'),
    ...weighing,
  }),
  z.strictObject({ fact: z.literal('quantity'), id, ...weighing }),
  z.strictObject({ fact: z.literal('cause'), id, ...weighing }),
  /** That an event happened; `part: time` asks for its time, absolute or counted from another event. */
  z.strictObject({
    fact: z.literal('event'),
    id,
    part: z.enum(['named', 'time']).default('named'),
    ...weighing,
  }),
  /** That one event came before another. */
  z.strictObject({ fact: z.literal('order'), first: id, second: id, ...weighing }),
]);
export type Required = z.infer<typeof requiredSchema>;

export const claimFactsSchema = z.strictObject({
  clock: z
    .strictObject({
      step_min: z.number().positive(),
      days: z.array(z.strictObject({ names })).default([]),
      focus: z.tuple([step, step]).optional(),
    })
    .default({ step_min: 60, days: [] }),
  series: z.array(seriesSchema).default([]),
  pairs: z.array(z.strictObject({ forecast: id, actual: id })).default([]),
  quantities: z.array(quantitySchema).default([]),
  causes: z.array(causeSchema).default([]),
  elements: z.array(z.strictObject({ id, names })).default([]),
  kinds: z.array(z.strictObject({ id, names })).default([]),
  events: z.array(eventSchema).default([]),
  required: z.array(requiredSchema).min(1),
});
/** As the check sees it, defaults filled in. */
export type ClaimFacts = z.infer<typeof claimFactsSchema>;
/** As a family may write it. */
export type ClaimFactsInput = z.input<typeof claimFactsSchema>;
