import { readFileSync } from 'node:fs';

/** The package's own version; `dist/` lies beside `src/`, so the path holds for both. */
export function version(): string {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  );
  return (manifest as { readonly version: string }).version;
}
