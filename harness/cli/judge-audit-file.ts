import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UserError } from '../core/errors.ts';
import { checkAuditFits, type JudgeAudit, LEXICAL, parseAudit } from '../report/judge-audit.ts';
import type { RunFolder } from '../run/run-id.ts';
import type { Io } from './io.ts';
import { writeWhole } from './write-file.ts';

/** Beside the journal of a run: what was measured of its judge. */
const AUDIT_FILE = 'judge-audit.json';

export const auditText = (audit: JudgeAudit): string => `${JSON.stringify(audit, null, 2)}\n`;

/** @throws UserError */
export function readAudit(file: string, io: Pick<Io, 'cwd'>): JudgeAudit {
  let text: string;
  try {
    text = readFileSync(resolve(io.cwd, file), 'utf8');
  } catch (error) {
    throw new UserError(
      `${file}: cannot be read (${(error as NodeJS.ErrnoException).code})`,
      'wattmark judge audit -m <judge> --out FILE writes one',
    );
  }
  return parseAudit(text, file);
}

/** Keeps an audit with a run, so that every later report of the run knows it. */
export const keepAudit = ({ folder }: RunFolder, audit: JudgeAudit): void =>
  writeWhole(join(folder, AUDIT_FILE), auditText(audit));

type Judged = Parameters<typeof checkAuditFits>[1];

/** The audit kept with a run. One that does not fit any more (the run was scored again by other words) is told and left out. */
export function runAudit({ folder }: RunFolder, run: Judged, io: Io): JudgeAudit | undefined {
  const file = join(folder, AUDIT_FILE);
  if (!existsSync(file)) return undefined;
  try {
    const audit = readAudit(file, io);
    checkAuditFits(audit, run);
    return audit;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    io.err(`${error.message}\n`);
    return undefined;
  }
}

/**
 * Audits named on the command line, for the runs they fit.
 * @throws UserError for one that fits no run
 */
export function chooseAudits(
  files: readonly string[],
  io: Io,
): { forRun(run: Judged): JudgeAudit | undefined; unused(): void } {
  const audits = files.map((file) => ({ file, audit: readAudit(file, io), used: false }));
  return {
    forRun(run) {
      const found = audits.find(({ audit }) => audit.judge === (run.judge ?? LEXICAL));
      if (!found) return undefined;
      checkAuditFits(found.audit, run);
      found.used = true;
      return found.audit;
    },
    unused() {
      const idle = audits.find(({ used }) => !used);
      if (idle)
        throw new UserError(`${idle.file}: is of ${idle.audit.judge}, which judged none of these runs`);
    },
  };
}
