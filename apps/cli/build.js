// Bundles the command into `dist/`, in pieces that are loaded only when they are needed. `bin/fairlead.js` takes it where there are no sources.
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

await rm(at('./dist'), { recursive: true, force: true });
await build({
  entryPoints: { cli: at('./src/main.ts') },
  outdir: at('./dist'),
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  // What is still CommonJS inside asks for Node's own modules by `require`.
  banner: {
    js: "import { createRequire as nodeRequire } from 'node:module'; const require = nodeRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
