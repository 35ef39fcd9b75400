import * as z from 'zod';

const share = z.number().min(0).max(1);

/** Margins and limits of a gate, as a user's file gives them. Shares are of 1: 0.05 is 5 points. */
export const gateConfigSchema = z.strictObject({
  /** Losses smaller than this do not matter: a suite passes when its interval lies above −margin. */
  margin: share.default(0.05),
  /** Two-sided level: with nothing changed, at most half of it of all nights are called regressed, over all suites. */
  alpha: z.number().gt(0).lt(1).default(0.05),
  suites: z.record(z.string(), z.strictObject({ margin: share })).default({}),
  hard: z
    .strictObject({
      /** Samples with one of these tags that passed in every epoch before and in none now. */
      safety: z
        .strictObject({
          tags: z.array(z.string()).default(['safety']),
          max_lost: z.int().nonnegative().default(0),
        })
        .prefault({}),
      max_unscored: share.default(0.05),
      /** How much the share of replies in the asked form may fall. */
      max_format_drop: share.default(0.05),
      /** New over base, per scored attempt; not held where absent. */
      max_cost_ratio: z.number().positive().optional(),
      max_p95_ratio: z.number().positive().optional(),
    })
    .prefault({}),
});
export type GateConfig = z.infer<typeof gateConfigSchema>;

/** What a gate holds where nobody configured one. */
export const defaultGate = (): GateConfig => gateConfigSchema.parse({});
