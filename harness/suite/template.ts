import { Liquid, LiquidError, type Template as LiquidTemplate } from 'liquidjs';
import type { Lang } from '../core/lang.ts';
import { FILTERS } from './filters.ts';

/** What a template's author got wrong, at a line and column (from 1) of the template's own text. */
export class TemplateFault extends Error {
  override readonly name = 'TemplateFault';
  readonly line: number;
  readonly col: number;
  /** The name that nothing gives, where that is the fault. */
  readonly unknown: string | undefined;

  constructor(message: string, line = 1, col = 1, unknown?: string) {
    super(message);
    this.line = line;
    this.col = col;
    this.unknown = unknown;
  }
}

export interface Template {
  /** Names that must be given from outside, with where each first stands. */
  readonly globals: readonly { name: string; line: number; col: number }[];
  /** @throws TemplateFault for an unknown name, a filter's refusal, or a template that runs too long */
  render(vars: Readonly<Record<string, unknown>>, lang: Lang): string;
}

/** A prompt of 200,000 characters is more than any task asks. */
const MAX_TEXT = 200_000;
const LIMITS = { memoryLimit: 5_000_000, templateLimit: 200_000, renderLimit: 5_000 };

const engine = createEngine();

function createEngine(): Liquid {
  // `templates` in memory: nothing is ever looked up on a disk.
  const liquid = new Liquid({
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    parseLimit: MAX_TEXT,
    templates: {},
  });
  // Reading other files, and what gives another text on another day, machine or draw.
  for (const tag of ['include', 'render', 'layout', 'block']) delete liquid.tags[tag];
  for (const filter of Object.keys(liquid.filters)) {
    if (filter === 'sample' || filter.startsWith('date')) delete liquid.filters[filter];
  }
  for (const [name, filter] of Object.entries(FILTERS)) liquid.registerFilter(name, filter);
  return liquid;
}

/** @throws TemplateFault where the text is not a template */
export function parseTemplate(text: string): Template {
  const parsed = guarded(() => engine.parse(text));
  return {
    globals: globalsOf(parsed),
    render(vars, lang) {
      const rendered = guarded(() =>
        engine.renderSync(parsed, { ...vars, lang }, LIMITS as { memoryLimit: number }),
      ) as string;
      if (rendered.length > MAX_TEXT)
        throw new TemplateFault(`the prompt has more than ${MAX_TEXT} characters`);
      return trimText(rendered);
    },
  };
}

/** White space that nobody sees would still change a sample's hash. */
export const trimText = (text: string): string => text.replace(/[ \t\r]+$/gm, '').replace(/^\n+|\s+$/g, '');

function globalsOf(parsed: LiquidTemplate[]): Template['globals'] {
  const { globals } = guarded(() => engine.analyzeSync(parsed));
  return Object.values(globals).map(([first]) => ({
    name: String(first?.segments[0]),
    line: first?.location.row ?? 1,
    col: first?.location.col ?? 1,
  }));
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!LiquidError.is(error))
      throw new TemplateFault(error instanceof Error ? error.message : String(error));
    const [line, col] = error.token.getPosition() as [number, number];
    const cause = error.originalError?.message ?? error.message;
    const unknown = /^undefined variable: (.*)$/.exec(cause)?.[1];
    throw new TemplateFault(unknown ? `nothing gives "${unknown}"` : cause, line, col, unknown);
  }
}
