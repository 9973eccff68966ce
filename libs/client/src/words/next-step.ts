interface Halted {
  readonly environment: string;
  readonly application: string;
  /** The failure's type, where it is known. */
  readonly failure: string | undefined;
}

/** What someone on call does about a halted target, in commands that can succeed. */
export function nextStep({ environment, application, failure }: Halted): string {
  const target = `--environment ${environment} --application ${application}`;
  switch (failure) {
    case 'target-edited':
      return `undo the edit, then \`fairlead rollback ${target}\`; to keep it, clean up by hand and \`fairlead forget ${target} --force\` (docs/runbook.md)`;
    case 'cluster-not-found':
      return `what was recorded is gone: clean up by hand, then \`fairlead forget ${target} --force\` (docs/runbook.md)`;
    default:
      return `look, then \`fairlead rollback ${target}\`, or deploy with --force, which puts back what was left`;
  }
}
