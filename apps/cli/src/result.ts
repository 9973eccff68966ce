/** What a command has to say on stdout: `json` with `--json`, `text` else; one of them, once. */
export interface Result {
  /** Of `EXIT`; a wrapped command's own. */
  readonly exitCode: number;
  readonly text: string;
  readonly json?: unknown;
}
