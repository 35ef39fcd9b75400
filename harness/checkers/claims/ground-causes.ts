import type { Claim } from './claim.ts';
import type { CauseFact } from './facts.ts';
import type { Frame } from './frame.ts';
import type { Ground } from './ground.ts';
import { type Window, windowsOf } from './windows.ts';

/** A cause's stated stretch must share so much with the true one. */
const OVERLAP = 0.5;
/** What denies the thing before it, not the thing behind it. */
const TRAILING = /无关|排除|ruled out|unrelated|不成立|不存在|拒动/;

/**
 * What a clause says of causes: a known cause named in a sentence that gives reasons is claimed, unless denied.
 * "X rather than Y" claims X and denies Y.
 */
export function groundCauses(frame: Frame, ground: Ground): Claim[] {
  if (!frame.causal) return [];
  return frame.names.flatMap((name) => {
    if (name.meaning.kind !== 'cause') return [];
    const { id } = name.meaning;
    const cause = ground.facts.causes.find((one) => one.id === id);
    if (!cause) return [];
    const denied = deniedAt(name, frame, ground.reply);
    const acted = cause.holds && !elsewhere(cause, frame, ground);
    const right = acted !== denied;
    const claim: Claim = {
      text: frame.text,
      start: name.start,
      label: frame.hedged ? 'unchecked' : right ? 'supported' : 'contradicted',
      about: [{ kind: 'cause', id, part: 'named' }],
      reason: `${id} ${acted ? 'acted' : cause.holds ? 'acted on another day' : 'did not act'}; the reply ${frame.hedged ? 'does not assert it' : denied ? 'denies it' : 'names it'}`,
      covers: right && !denied && !frame.hedged,
      safety: false,
    };
    return [claim, ...(denied || frame.hedged ? [] : stretch(cause, frame, ground))];
  });
}

/** Whether the sentence speaks of a day on which the cause did not act. A sentence of two days is given the doubt. */
function elsewhere({ from, to }: CauseFact, frame: Frame, { facts }: Ground): boolean {
  if (from === undefined || to === undefined) return false;
  const days = new Set(
    [...frame.before.names, ...frame.names].flatMap(({ meaning }) =>
      meaning.kind === 'day' ? [meaning.day] : [],
    ),
  );
  const [day] = days;
  const perDay = (24 * 60) / facts.clock.step_min;
  return days.size === 1 && day !== undefined && (to <= day * perDay || from >= (day + 1) * perDay);
}

function deniedAt(name: { start: number; end: number }, { cues, end }: Frame, reply: string): boolean {
  return cues.some((cue) => {
    if (cue.meaning !== 'not') return false;
    if (cue.start > name.start)
      return cue.start < end && TRAILING.test(reply.slice(cue.start, cue.end).toLowerCase());
    // "not X but Y" denies X alone.
    return !/\bbut\b|而是|\binstead\b/.test(reply.slice(cue.end, name.start));
  });
}

function stretch(cause: CauseFact, frame: Frame, ground: Ground): Claim[] {
  const { from, to } = cause;
  const alone =
    frame.names.filter(({ meaning }) => meaning.kind === 'cause').length === 1 &&
    frame.cues.every(
      ({ meaning }) =>
        !['rise', 'fall', 'max', 'min', 'above', 'below', 'over-forecast', 'under-forecast', 'mean'].includes(
          meaning,
        ),
    );
  if (from === undefined || to === undefined || !alone) return [];
  const ranges = frame.times.filter(({ range }) => range);
  return ranges.map((time): Claim => {
    const stated = windowsOf(time, frame, ground.facts, ground.steps);
    const right = stated.some((window) => shared(window, { from, to }) >= OVERLAP);
    return {
      text: frame.text,
      start: time.start,
      label: right ? 'supported' : 'contradicted',
      about: [{ kind: 'cause', id: cause.id, part: 'window' }],
      reason: `${cause.id} acted in steps ${from} to ${to}`,
      covers: false,
      safety: false,
    };
  });
}

function shared(a: Window, b: Window): number {
  const common = Math.min(a.to, b.to) - Math.max(a.from, b.from);
  return Math.max(0, common) / Math.max(1, Math.max(a.to, b.to) - Math.min(a.from, b.from));
}
