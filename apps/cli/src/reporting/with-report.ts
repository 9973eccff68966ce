import { toFairleadError, usageError } from '@fairlead/client/internal/errors/fairlead-error';
import type { Io } from '../io.ts';
import type { Result } from '../result.ts';
import { writeReport } from './report-folder.ts';
import { begunReport, errorReport, resultReport } from './report.ts';
import type { Report } from './report.ts';

export interface ReportOptions {
  /** Absent: none is wanted. */
  readonly folder: string | undefined;
  readonly deploymentId: string;
  readonly io: Io;
}

/** Has a pipeline read how `ask` ends, and before that what was asked for, in case the job is killed. */
export async function withReport(
  { folder, deploymentId, io }: ReportOptions,
  ask: () => Promise<Result>,
): Promise<Result> {
  if (folder === undefined) return ask();
  begin(folder, deploymentId);
  try {
    const result = await ask();
    writeLast(folder, resultReport(deploymentId, result), io);
    return result;
  } catch (error) {
    writeLast(folder, errorReport(deploymentId, toFairleadError(error)), io);
    throw error;
  }
}

function begin(folder: string, deploymentId: string): void {
  try {
    writeReport(folder, begunReport(deploymentId));
  } catch (error) {
    throw usageError(`--report ${folder} cannot be written: ${messageOf(error)}`);
  }
}

/** The deployment's own end stands, whether or not it could be written down. */
function writeLast(folder: string, report: Report, io: Io): void {
  try {
    writeReport(folder, report);
  } catch (error) {
    io.err(`The report in ${folder} is not the last word: ${messageOf(error)}\n`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
