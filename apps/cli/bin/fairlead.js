#!/usr/bin/env node
// Plain JavaScript for any Node from 18 on: it finds a Node that can run the rest. No import above what is needed.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Node 24 runs TypeScript sources as they are, and is what the workspace's lockfile pins. */
const REQUIRED_MAJOR = 24;

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

if (Number.parseInt(process.versions.node, 10) < REQUIRED_MAJOR) {
  await reexecute();
} else {
  const { enableCompileCache } = await import('node:module');
  enableCompileCache?.();
  const source = at('../src/main.ts');
  const built = at('../dist/main.js');
  // A checkout runs its sources, which are never stale, unless it is asked for what `npm run build` made of them.
  const asked = process.env.FAIRLEAD_BUILT === '1';
  if (asked && !existsSync(built)) {
    process.stderr.write('fairlead: FAIRLEAD_BUILT=1, and nothing is built; run npm run build\n');
    process.exit(2);
  }
  await import(!asked && existsSync(source) ? source : built);
}

async function reexecute() {
  const candidates = [
    at('../../../node_modules/node/bin/node'),
    at('../node_modules/node/bin/node'),
  ];
  const node = candidates.find((path) => existsSync(path));
  if (node === undefined) {
    process.stderr.write(
      `fairlead needs Node ${REQUIRED_MAJOR} or newer; this is ${process.version}. Run \`npm ci\` in the repository, or install a newer Node.\n`,
    );
    process.exit(2);
  }
  const { spawn } = await import('node:child_process');
  const { constants } = await import('node:os');
  const child = spawn(node, [at('./fairlead.js'), ...process.argv.slice(2)], { stdio: 'inherit' });
  // A terminal sends Ctrl-C to the whole group; the command takes the copy sent on here for the same press.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`fairlead could not start ${node}: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    process.exit(code ?? 128 + (constants.signals[signal] ?? 0));
  });
}
