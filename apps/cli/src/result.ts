import type { ExitCode } from './exit.ts';

/** What a command has to say on stdout: `json` with `--json`, `text` else; one of them, once. */
export interface Result {
  readonly exitCode: ExitCode;
  readonly text: string;
  readonly json?: unknown;
}
