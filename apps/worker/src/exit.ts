import { ConfigError } from '@fairlead/config';
import { AdapterError } from '@fairlead/contracts';
import { UsageError } from './options/usage-error.ts';

export const EXIT = { done: 0, defect: 1, usage: 2, unreachable: 6 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export interface Farewell {
  readonly exitCode: ExitCode;
  /** For a person: what happened and what to do, never a stack trace. */
  readonly message: string;
}

/** What a start that failed tells, and the exit code of product.md's table. */
export function farewell(error: unknown): Farewell {
  if (error instanceof UsageError) {
    return { exitCode: EXIT.usage, message: `${error.message}; see fairlead-worker --help` };
  }
  if (error instanceof ConfigError) return { exitCode: EXIT.usage, message: error.message };
  if (error instanceof AdapterError) {
    const exitCode = error.type === 'temporal-unreachable' ? EXIT.unreachable : EXIT.usage;
    return { exitCode, message: `${error.type}: ${error.message}` };
  }
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { exitCode: EXIT.defect, message: `a defect of Fairlead, please report it: ${what}` };
}
