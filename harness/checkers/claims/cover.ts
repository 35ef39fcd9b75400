import type { About, Claim } from './claim.ts';
import type { Required } from './facts.ts';
import { overlap } from './windows.ts';

/** A claim over a window covers what was asked over another where they share so much. */
const SHARED = 0.5;

/** Whether a claim speaks of what had to be said. */
export function speaksOf(about: About, required: Required, focus: readonly [number, number]): boolean {
  const window = (from?: number, to?: number) => ({ from: from ?? focus[0], to: (to ?? focus[1]) - 1 });
  switch (required.fact) {
    case 'extreme':
      return (
        about.kind === 'extreme' &&
        about.series === required.series &&
        about.which === required.which &&
        about.part === required.part &&
        overlap(about, window(required.from, required.to)) > 0
      );
    case 'change':
      return (
        about.kind === 'change' &&
        about.series === required.series &&
        (required.part === 'direction' || about.part === 'size') &&
        overlap(about, required) >= SHARED
      );
    case 'difference':
      return (
        about.kind === 'difference' &&
        ((about.a === required.a && about.b === required.b) ||
          (about.a === required.b && about.b === required.a)) &&
        (required.part === 'direction' || about.part === 'size') &&
        touches(about, required)
      );
    case 'quantity':
      return about.kind === 'quantity' && about.id === required.id;
    case 'cause':
      return about.kind === 'cause' && about.id === required.id && about.part === 'named';
    case 'event':
      return (
        about.kind === 'event' &&
        about.id === required.id &&
        (required.part === 'named' || about.part === 'time')
      );
    case 'order':
      return (
        about.kind === 'order' &&
        ((about.first === required.first && about.second === required.second) ||
          (about.first === required.second && about.second === required.first))
      );
  }
}

const touches = (a: { from: number; to: number }, b: { from: number; to: number }) =>
  a.from < b.to && b.from <= a.to;

export interface Coverage {
  required: Required;
  covered: boolean;
  /** The reply also states the opposite: saying both is saying neither. */
  contradicted: boolean;
}

export function coverageOf(
  claims: readonly Claim[],
  required: readonly Required[],
  focus: readonly [number, number],
): Coverage[] {
  return required.map((fact) => {
    const mine = claims.filter(({ about }) => about.some((one) => speaksOf(one, fact, focus)));
    const contradicted = mine.some(
      ({ label, about }) => label === 'contradicted' && about.every((one) => speaksOf(one, fact, focus)),
    );
    return { required: fact, covered: !contradicted && mine.some(({ covers }) => covers), contradicted };
  });
}
