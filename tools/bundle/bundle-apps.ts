/** Builds the two programs as they are shipped, into `apps/cli/dist` and `apps/worker/dist`: `node tools/bundle/bundle-apps.ts` */
import { cp, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Plugin } from 'esbuild';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

interface App {
  readonly entry: string;
  readonly out: string;
  /** Packages that are installed beside it. */
  readonly external?: readonly string[];
  /** What it reads while it runs, from its own folder. */
  readonly files?: Readonly<Record<string, string>>;
}

const APPS: readonly App[] = [
  { entry: 'apps/cli/src/main.ts', out: 'apps/cli/dist' },
  {
    entry: 'apps/worker/src/main.ts',
    out: 'apps/worker/dist',
    // The SDK has a native part, and threads that it starts by their path.
    external: ['@temporalio/*'],
    files: { schemas: 'libs/events/src/cdevents/schemas' },
  },
];

/**
 * What others publish and our code loads only where it is configured stays beside: large, and as CommonJS in a piece
 * of its own it would lose the names that it exports.
 */
const LAZY_BESIDE: Plugin = {
  name: 'lazy-beside',
  setup: (builder) => {
    builder.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'dynamic-import' && !path.startsWith('@fairlead/')
        ? { path, external: true }
        : undefined,
    );
  },
};

await Promise.all(APPS.map(bundle));

/** In pieces, which are loaded only when they are needed. */
async function bundle({ entry, out, external = [], files = {} }: App): Promise<void> {
  await rm(at(out), { recursive: true, force: true });
  await build({
    entryPoints: { main: at(entry) },
    outdir: at(out),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    external: [...external],
    plugins: [LAZY_BESIDE],
    // What is still CommonJS inside asks for Node's own modules by `require`.
    banner: {
      js: "import { createRequire as nodeRequire } from 'node:module'; const require = nodeRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  for (const [name, from] of Object.entries(files)) {
    await cp(at(from), at(`${out}/${name}`), { recursive: true });
  }
  process.stdout.write(`${out}\n`);
}
