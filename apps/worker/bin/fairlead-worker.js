#!/usr/bin/env node
// Plain JavaScript that any Node understands: it must be able to say that the Node it runs on is too old.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED_MAJOR = 24;

if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) {
  const { enableCompileCache } = await import('node:module');
  enableCompileCache?.();
  const source = new URL('../src/main.ts', import.meta.url);
  const built = new URL('../dist/main.js', import.meta.url);
  // A checkout runs its sources, which are never stale, unless it is asked for what `npm run build` made of them.
  const asked = process.env.FAIRLEAD_BUILT === '1';
  if (asked && !existsSync(built)) {
    process.stderr.write(
      'fairlead-worker: FAIRLEAD_BUILT=1, and nothing is built; run npm run build\n',
    );
    process.exit(2);
  }
  await import((!asked && existsSync(source) ? source : built).href);
} else {
  runOnWorkspaceNode();
}

/** The workspace pins Node by the npm package of that name. */
function runOnWorkspaceNode() {
  const node = findNode();
  if (node === undefined) {
    process.stderr.write(
      `fairlead-worker: needs Node ${NEEDED_MAJOR} or later, this is ${process.versions.node}; ` +
        'install it, or run npm ci in the workspace, which brings one\n',
    );
    process.exit(2);
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('exit', (code, signal) => {
    process.exit(code ?? 128 + (constants.signals[signal] ?? 0));
  });
}

function findNode() {
  try {
    const require = createRequire(import.meta.url);
    const binary = join(dirname(require.resolve('node/package.json')), 'bin', 'node');
    return existsSync(binary) ? binary : undefined;
  } catch {
    return undefined;
  }
}
