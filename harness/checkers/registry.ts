import type { AnyChecker, CheckerRegistry } from '../core/checker.ts';
import { choice } from './choice.ts';
import { claims } from './claims/claims.ts';
import { fields } from './fields.ts';
import { json } from './json.ts';
import { numeric } from './numeric.ts';
import { plan } from './plan.ts';
import { rubric } from './rubric/rubric.ts';
import { set } from './set.ts';
import { text } from './text.ts';

const builtIn: readonly AnyChecker[] = [numeric, choice, fields, set, text, json, plan, rubric, claims];

/** The built-in checkers, and those a user's own modules bring. A module may not take a built-in name. */
export function checkerRegistry(own: readonly AnyChecker[] = []): CheckerRegistry {
  return new Map([...own, ...builtIn].map((checker) => [checker.kind, checker]));
}
