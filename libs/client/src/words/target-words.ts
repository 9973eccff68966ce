/** `staging/shop`, as people and workflow IDs say it. */
export function targetWords(target: {
  readonly environment: string;
  readonly application: string;
}): string {
  return `${target.environment}/${target.application}`;
}
