/** A place in a configuration file; line and column count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Where a value came from: what `config show` prints beside it. */
export type Origin =
  | ({ readonly kind: 'file' } & Position)
  | ({ readonly kind: 'variable'; readonly variables: readonly string[] } & Position)
  | ({ readonly kind: 'secret-file'; readonly secretFile: string } & Position)
  | { readonly kind: 'flag'; readonly flag: string }
  | { readonly kind: 'default' };

/** `fairlead.yaml:12`, `SLACK_WEBHOOK_URL (fairlead.yaml:12)`, `--namespace` or `default`. */
export function describeOrigin(origin: Origin): string {
  switch (origin.kind) {
    case 'file':
      return `${origin.file}:${origin.line}`;
    case 'variable':
      return `${origin.variables.join(', ')} (${origin.file}:${origin.line})`;
    case 'secret-file':
      return `${origin.secretFile} (${origin.file}:${origin.line})`;
    case 'flag':
      return origin.flag;
    case 'default':
      return 'default';
  }
}
