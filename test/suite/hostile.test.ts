import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { UserError } from '../../harness/core/errors.ts';
import { matches } from '../../harness/suite/find-files.ts';
import { loadSuite } from '../../harness/suite/load.ts';
import { parseSuiteYaml } from '../../harness/suite/parse-yaml.ts';
import { registries } from './registries.ts';
import { DRAWN, HAND, writeSuite } from './suite-folder.ts';

const SCRAPS = [
  '{',
  '}',
  '[',
  ']',
  ':',
  '- ',
  '\n',
  '  ',
  '\t',
  '"',
  "'",
  '|',
  '>',
  '&a',
  '*a',
  '!!map',
  '<<',
  '#',
  '{{',
  '}}',
  '{%',
  '%}',
  '__proto__',
  'null',
  '0',
  '.inf',
  '~',
  '%',
  '\u0000',
  '\ud800',
  '，',
];

it('a task broken anywhere is told of in the user’s words, or is still whole: nothing else is ever thrown', async () => {
  const broken = fc.record({
    text: fc.constantFrom(DRAWN, HAND),
    edits: fc.array(fc.record({ at: fc.nat(400), cut: fc.nat(12), scrap: fc.constantFrom('', ...SCRAPS) }), {
      minLength: 1,
      maxLength: 4,
    }),
  });
  await fc.assert(
    fc.asyncProperty(broken, async ({ text, edits }) => {
      const task = edits.reduce<string>(
        (all, { at, cut, scrap }) => all.slice(0, at) + scrap + all.slice(at + cut),
        text,
      );
      const dir = writeSuite({ 'tasks/t.yaml': task });
      try {
        await loadSuite(dir, registries());
      } catch (error) {
        expect(error).toBeInstanceOf(UserError);
        const lines = task.split('\n').length;
        for (const { place } of (error as UserError).issues) {
          expect(place?.file).toMatch(/\.yaml$/);
          expect(place?.line ?? 1).toBeLessThanOrEqual(lines);
          expect(place?.col ?? 1).toBeGreaterThan(0);
        }
      } finally {
        rmSync(dir, { recursive: true });
      }
    }),
    { numRuns: 150 },
  );
});

it('any text at all is parsed or told of', () => {
  const text = fc.array(fc.oneof(fc.constantFrom(...SCRAPS), fc.string({ maxLength: 8 })), { maxLength: 60 });
  fc.assert(
    fc.property(text, (parts) => {
      const { located, issues } = parseSuiteYaml(parts.join(''), 'f.yaml');
      if (!located) expect(issues.length).toBeGreaterThan(0);
    }),
    { numRuns: 500 },
  );
});

it('a pattern of file names means what its plain regular expression means', () => {
  const letters = fc.stringMatching(/^[ab*]{0,8}$/);
  fc.assert(
    fc.property(fc.stringMatching(/^[ab]{0,10}$/), letters, (name, pattern) => {
      expect(matches(name, pattern)).toBe(new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(name));
    }),
    { numRuns: 1000 },
  );
});

it('no pattern of file names makes matching slow', () => {
  expect(matches('a'.repeat(250), `${'*a'.repeat(90)}b`)).toBe(false);
});
