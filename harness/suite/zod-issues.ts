import type { z } from 'zod';
import { type Issue, nearest } from '../core/errors.ts';
import type { Located, Path } from './located.ts';
import { keysAt } from './schema-keys.ts';

type ZodIssue = z.core.$ZodIssue;

/** `checks[0].unit`, as a person would write the way to a value. */
function showPath(path: Path): string {
  return path.reduce<string>((shown, key) => {
    if (typeof key === 'number') return `${shown}[${key}]`;
    return shown === '' ? String(key) : `${shown}.${String(key)}`;
  }, '');
}

/** A fault at a value of a YAML file: the path stands before the message, the place before both. */
export function issueAt(located: Located, path: Path, message: string, hint?: string): Issue {
  const shown = showPath(path);
  return {
    place: located.place(path),
    message: shown ? `${shown}: ${message}` : message,
    ...(hint ? { hint } : {}),
  };
}

/** The same, pointing at the key rather than the value. */
export function issueAtKey(located: Located, path: Path, message: string, hint?: string): Issue {
  return { ...issueAt(located, path, message, hint), place: located.keyPlace(path) };
}

/**
 * What zod found, in words and places of the YAML file. `base` is where in the file the parsed value lies,
 * `schema` the schema it was parsed with (for the names a mistyped key could have meant).
 */
export function zodIssues(error: z.ZodError, schema: z.ZodType, located: Located, base: Path = []): Issue[] {
  return error.issues.flatMap(flatten).flatMap((issue) => {
    const path = [...base, ...issue.path];
    if (issue.code === 'unrecognized_keys') {
      const known = keysAt(schema, issue.path);
      return issue.keys.map((key) => {
        const meant = nearest(key, known);
        const hint = meant
          ? `did you mean "${meant}"?`
          : known.length > 0
            ? `known keys: ${known.join(', ')}`
            : undefined;
        return issueAtKey(located, [...path, key], 'unknown key', hint);
      });
    }
    if (issue.code === 'invalid_key') {
      return issue.issues.map(({ message }) => issueAtKey(located, path, message));
    }
    const value = valueAt(located.value, path);
    if (value === undefined) return [missing(issue, located, path)];
    const { message, hint } = describe(issue, value, located.typed(path));
    return [issueAt(located, path, message, hint)];
  });
}

/** Of a union's branches, the one that went furthest is the one that was meant. */
function flatten(issue: ZodIssue): ZodIssue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const branches = issue.errors.map((errors) => errors.flatMap((inner) => flatten(inner as ZodIssue)));
  const within = branches.filter((errors) =>
    errors.every(({ path, code }) => path.length > 0 || code !== 'invalid_type'),
  );
  const best = within.sort((a, b) => a.length - b.length)[0];
  if (!best) return [issue];
  return best.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

function missing(issue: ZodIssue, located: Located, path: Path): Issue {
  const expected = expectation(issue);
  return issueAt(located, path, 'is missing', expected ? `expected ${expected}` : undefined);
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
  tuple: 'a list',
  null: 'nothing',
};

function expectation(issue: ZodIssue): string | undefined {
  if (issue.code === 'invalid_type') return KINDS[issue.expected] ?? issue.expected;
  if (issue.code === 'invalid_value') return oneOf(issue.values.map(String));
  if (issue.code !== 'invalid_union') return undefined;
  const options = issue.errors.flatMap((errors) =>
    errors.slice(0, 1).map((inner) => expectation(inner as ZodIssue)),
  );
  return oneOf([...new Set(options.filter((option) => option !== undefined))]);
}

const oneOf = (words: readonly string[]) =>
  words.length > 1 ? `${words.slice(0, -1).join(', ')} or ${words.at(-1)}` : words[0];

interface Said {
  message: string;
  hint?: string | undefined;
}

function describe(issue: ZodIssue, value: unknown, typed: string | undefined): Said {
  // A schema that words its own fault knows better than this table.
  if (!/^(Invalid|Too (small|big)|Unrecognized)/.test(issue.message)) {
    const hint = issue.code === 'custom' ? issue.params?.['hint'] : undefined;
    return { message: issue.message, hint: typeof hint === 'string' ? hint : undefined };
  }
  switch (issue.code) {
    case 'invalid_value': {
      const candidates = issue.values.map(String);
      const meant = typeof value === 'string' ? nearest(value, candidates) : undefined;
      const message = `${show(value)} is not ${candidates.length > 1 ? 'one of ' : ''}${candidates.join(', ')}`;
      return { message, hint: meant ? `did you mean "${meant}"?` : undefined };
    }
    case 'invalid_type':
    case 'invalid_union': {
      const expected = expectation(issue) ?? 'another kind of value';
      return { message: `expected ${expected}, got ${show(value)}`, hint: retype(expected, value, typed) };
    }
    case 'too_small':
    case 'too_big':
      return { message: bound(issue) };
    default:
      return { message: issue.message };
  }
}

function bound(issue: Extract<ZodIssue, { code: 'too_small' | 'too_big' }>): string {
  const limit = issue.code === 'too_small' ? issue.minimum : issue.maximum;
  const atMost = issue.code === 'too_small' ? 'at least' : 'at most';
  if (issue.origin === 'string') return limit === 1 ? 'is empty' : `must have ${atMost} ${limit} characters`;
  if (issue.origin === 'array' || issue.origin === 'set')
    return `must have ${atMost} ${limit} item${limit === 1 ? '' : 's'}`;
  const strict = issue.code === 'too_small' ? 'more than' : 'less than';
  return `must be ${issue.inclusive === false ? strict : atMost} ${limit}`;
}

/** The usual slips of YAML: bare words that are numbers or truth values, and the other way round. */
function retype(expected: string, value: unknown, typed: string | undefined): string | undefined {
  if (/\btext\b/.test(expected) && typed && ['number', 'boolean'].includes(typeof value)) {
    return `YAML reads a bare ${typed} as a ${typeof value === 'boolean' ? 'truth value' : 'number'}: quote it, "${typed}"`;
  }
  if (typeof value !== 'string') return value === null ? 'the key has no value' : undefined;
  if (expected.includes('true or false') && /^(yes|no|on|off|y|n)$/i.test(value)) {
    return `YAML 1.2 reads ${value} as text: write ${/^(yes|on|y)$/i.test(value) ? 'true' : 'false'}`;
  }
  const bare = value.replace(/[_,\s]/g, '');
  if (expected.includes('number') && bare !== '' && Number.isFinite(Number(bare))) {
    return `write ${bare}, without quotes or separators`;
  }
  return undefined;
}

/** A value as an error message may show it: short, and on one line. */
export function show(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  return String(value);
}

/** The value at a path of parsed YAML, by own members only. */
function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Record<PropertyKey, unknown>)[key]
        : undefined,
    value,
  );
}
