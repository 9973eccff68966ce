import { readFileSync } from 'node:fs';

export interface Versions {
  readonly fairlead: string;
  readonly node: string;
  readonly platform: string;
}

export function versions(): Versions {
  return { fairlead: version(), node: process.version, platform: process.platform };
}

export function versionText({ fairlead, node, platform }: Versions): string {
  return `fairlead ${fairlead} (Node ${node}, ${platform})`;
}

/** The package's own version; `dist/` lies beside `src/`, so the path holds for both. */
function version(): string {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  );
  return (manifest as { readonly version: string }).version;
}
