import type { Verdict } from '../../../core/checker.ts';
import { checkRestoration } from '../../../engineering/system/restoration.ts';
import { planVerdict } from '../../plan-score.ts';
import { problemOf, type RestorationFacts } from './facts.ts';

const MOST_ACTIONS = 40;
/** What a sequence that breaks a rule can be worth at most: for all load restored before it does. */
const PARTLY = 0.4;

const actionNames = ({ units, lines, loads }: RestorationFacts): string[] =>
  [...units, ...lines, ...loads].map(({ name }) => name);

/** A proposed order as names of the question: "H1", "start H1" and "启动 H1" alike; a text that names none or two is no action. */
function readOrder(facts: RestorationFacts, proposal: unknown): { order: string[] } | { fault: string } {
  if (!Array.isArray(proposal)) return { fault: 'the order is not a list' };
  if (proposal.length > MOST_ACTIONS) return { fault: `${proposal.length} actions are too many` };
  const known = new Set(actionNames(facts));
  const order: string[] = [];
  for (const [i, item] of proposal.entries()) {
    const text = typeof item === 'string' ? item.slice(0, 80).normalize('NFKC').toUpperCase() : '';
    const named = new Set(text.split(/[^A-Z0-9]+/).filter((word) => known.has(word)));
    const [name] = named;
    if (name === undefined || named.size > 1)
      return { fault: `action ${i + 1} is not one name of the question` };
    order.push(name);
  }
  return { order };
}

/**
 * What a sequence is worth. Sound and complete: by its regret, as all plans. Otherwise 0.4 times the share of load (MW)
 * that it restores before its first broken rule; nothing for what comes after, since the system is then another one.
 */
export function judgeOrder(facts: RestorationFacts, optimum_mwh: number, proposal: unknown): Verdict {
  const reading = readOrder(facts, proposal);
  if ('fault' in reading) return { value: 0, reason: reading.fault };
  const problem = problemOf(facts);
  const { order } = reading;
  const check = checkRestoration(problem, order);
  if (check.feasible) {
    const [cost, optimum] = [check.unserved_mwh * facts.voll, optimum_mwh * facts.voll];
    return planVerdict(
      {
        feasible: true,
        violations: [],
        cost,
        optimum,
        regret: cost - optimum,
        currency: facts.currency.symbol,
      },
      { size: 1, currency: facts.currency.symbol },
    );
  }
  const [first] = check.faults;
  const sound = first ? checkRestoration(problem, order.slice(0, first.step - 1)) : check;
  const total = facts.loads.reduce((sum, { p_mw }) => sum + p_mw, 0);
  const reason = first
    ? `step ${first.step} (${first.action}): ${first.reason}; ${sound.restored_mw} of ${total} MW restored before`
    : `left without supply: ${check.unserved_loads.join(', ')}`;
  return {
    value: (PARTLY * sound.restored_mw) / total,
    reason,
    details: { faults: check.faults.slice(0, 10).map((fault) => ({ ...fault })) },
  };
}
