// Bundles the library into `dist/`, with its types and a package.json of its own: our libraries inside, what others
// publish beside it.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describeSurface } from './declarations.js';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const require = createRequire(import.meta.url);
const own = JSON.parse(await readFile(at('./package.json'), 'utf8'));

await rm(at('./dist'), { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: { index: at('./src/index.ts') },
  outdir: at('./dist'),
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  metafile: true,
  logLevel: 'warning',
  plugins: [{ name: 'others-beside', setup: setUpOthers }],
});

/** Every package but ours stays outside. */
function setUpOthers({ onResolve }) {
  onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
    kind === 'entry-point' || path.startsWith('@fairlead/') ? undefined : { path, external: true },
  );
}

const names = new Set(
  Object.values(metafile.outputs).flatMap(({ imports }) =>
    imports.filter(({ external }) => external).map(({ path }) => packageOf(path)),
  ),
);
const dependencies = await Promise.all(
  [...names].filter((name) => !name.startsWith('node:')).map(pinned),
);

function packageOf(path) {
  return path.split('/', path.startsWith('@') ? 2 : 1).join('/');
}

/** The version that our tests have run with. */
async function pinned(name) {
  for (const folder of require.resolve.paths(name)) {
    try {
      const found = await readFile(`${folder}/${name}/package.json`, 'utf8');
      return [name, JSON.parse(found).version];
    } catch {
      // The next one up.
    }
  }
  throw new Error(`${name} is imported, and is not installed`);
}

const { types } = await describeSurface();
await writeFile(at('./dist/index.d.ts'), types);
await writeFile(
  at('./dist/package.json'),
  `${JSON.stringify(
    {
      name: own.name,
      version: own.version,
      description: 'Drives Fairlead from a program',
      license: own.license,
      type: 'module',
      engines: { node: '>=20' },
      exports: { '.': { types: './index.d.ts', default: './index.js' } },
      dependencies: Object.fromEntries(dependencies.toSorted()),
    },
    undefined,
    2,
  )}\n`,
);
