import type { Outcome } from '@fairlead/contracts';

/** What the command line exits with; `fairlead --help` says what each means. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** The exit codes of the command line; `fairlead --help` lists them in these words. */
export const EXIT = {
  done: 0,
  defect: 1,
  usage: 2,
  rolledBack: 3,
  failed: 4,
  refused: 5,
  unreachable: 6,
  goesOn: 7,
} as const satisfies Record<string, ExitCode>;

export const EXIT_HELP = `Exit codes:
  0  done: succeeded, or the command did what it says
  1  a defect of Fairlead's own (says where to report it)
  2  bad usage or configuration
  3  the deployment ended rolled back
  4  the deployment failed and someone must act
  5  refused: busy, the command does not fit the phase, or Temporal knows no such deployment or target
  6  a service is out of reach
  7  --timeout passed or detached; the deployment goes on`;

const BY_OUTCOME: Readonly<Record<string, ExitCode>> = {
  succeeded: EXIT.done,
  'rolled-back': EXIT.rolledBack,
  failed: EXIT.failed,
  refused: EXIT.refused,
} satisfies Record<Outcome, ExitCode>;

/** An outcome that this version does not know, from a newer worker, is never taken for a success. */
export function exitOfOutcome(outcome: Outcome): ExitCode {
  return BY_OUTCOME[outcome] ?? EXIT.failed;
}
