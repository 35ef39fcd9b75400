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

interface Named {
  name: string;
  /** As it was written, from its root: `unit.p_mw`. */
  whole: string;
  line: number;
  col: number;
}

export interface Template {
  /** Names that must be given from outside, with where each first stands. */
  readonly globals: readonly Named[];
  /** Names after a dot, wherever they stand: in branches that a first draw does not reach, too. */
  readonly members: readonly Named[];
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
    // A condition may ask whether an optional fact is there; that the name itself is right is seen to at load.
    lenientIf: true,
    strictFilters: true,
    ownPropertyOnly: true,
    parseLimit: MAX_TEXT,
    templates: {},
    // Only dates would ask for it, and finding out which it is takes a fiftieth of a second.
    locale: 'en-US',
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
  let names: ReturnType<typeof namesIn> | undefined;
  // Only a trial asks for them, and a suite that has proved itself needs none.
  const named = () => (names ??= namesIn(parsed));
  return {
    get globals() {
      return named().globals;
    },
    get members() {
      return named().members;
    },
    render(vars, lang) {
      const rendered = guarded(() =>
        untraced(() => engine.renderSync(parsed, { ...vars, lang }, LIMITS)),
      ) as string;
      if (rendered.length > MAX_TEXT)
        throw new TemplateFault(`the prompt has more than ${MAX_TEXT} characters`);
      return trimText(rendered);
    },
  };
}

/**
 * A condition on an optional fact makes Liquid throw and catch an error inside: gathering its stack took a third of the
 * time of making a sample. Nobody reads the stack of a fault in a template.
 */
function untraced<T>(work: () => T): T {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/** White space that nobody sees would still change a sample's hash. */
const trimText = (text: string): string => text.replace(/[ \t\r]+$/gm, '').replace(/^\n+|\s+$/g, '');

/** What Liquid itself adds to lists, texts and loops. */
const PSEUDO_MEMBERS: ReadonlySet<string> = new Set(['size', 'first', 'last']);
const LOOP_VARIABLES: ReadonlySet<string> = new Set(['forloop', 'tablerowloop']);

function namesIn(parsed: LiquidTemplate[]): Pick<Template, 'globals' | 'members'> {
  const { globals, variables } = guarded(() => engine.analyzeSync(parsed));
  const named = (path: readonly unknown[], location: { row: number; col: number }): Named => ({
    name: String(path.at(-1)),
    whole: path.map((part) => (Array.isArray(part) ? '[…]' : String(part))).join('.'),
    line: location.row,
    col: location.col,
  });
  const members = Object.values(variables)
    .flat()
    .flatMap(({ segments, location }) =>
      LOOP_VARIABLES.has(String(segments[0]))
        ? []
        : segments
            .map((name, index) => ({ name, path: segments.slice(0, index + 1) }))
            .filter(({ name }, index) => index > 0 && typeof name === 'string' && !PSEUDO_MEMBERS.has(name))
            .map(({ path }) => named(path, location)),
    );
  return {
    globals: Object.values(globals).flatMap(([first]) =>
      first ? [named(first.segments.slice(0, 1), first.location)] : [],
    ),
    members,
  };
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
