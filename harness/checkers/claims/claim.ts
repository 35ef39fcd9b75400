/** What a claim is about, so that it can be held against what a reply had to say. Windows are steps [from, to]. */
export type About =
  | {
      kind: 'extreme';
      series: string;
      which: 'max' | 'min';
      part: 'value' | 'time';
      from: number;
      to: number;
    }
  | { kind: 'change'; series: string; from: number; to: number; part: 'direction' | 'size' }
  | { kind: 'value'; series: string; at: number }
  | { kind: 'mean'; series: string; from: number; to: number }
  | { kind: 'difference'; a: string; b: string; from: number; to: number; part: 'direction' | 'size' }
  | { kind: 'quantity'; id: string }
  | { kind: 'cause'; id: string; part: 'named' | 'window' }
  | { kind: 'event'; id: string; part: 'named' | 'time' }
  | { kind: 'order'; first: string; second: string };

export type Label = 'supported' | 'contradicted' | 'unchecked';

/** One thing a reply states, and what the facts say of it. */
export interface Claim {
  text: string;
  start: number;
  label: Label;
  about: About[];
  reason: string;
  /** A claim that may cover what had to be said: asserted, precise, and true. */
  covers: boolean;
  safety: boolean;
}
