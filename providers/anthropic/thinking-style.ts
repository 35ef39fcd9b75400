import type { ThinkingStyle } from './messages-request.ts';

// claude-3-7-sonnet, claude-opus-4-1, claude-sonnet-4-5-20250929, claude-haiku-4-5: all before 4.6 take a budget of tokens.
const BUDGETED = /claude-(3|(opus|sonnet|haiku)-4(-[0-5])?(-\d{8})?$)/;

/** How a model is told to think, by its name. A name we do not know is taken for a new model. */
export const thinkingStyleOf = (model: string): ThinkingStyle =>
  BUDGETED.test(model) ? 'budget' : 'adaptive';
