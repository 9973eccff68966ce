import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { cacheDirectory, cached } from './cache.ts';
import { run } from './command.ts';
import { fromEnvironment } from './executable.ts';

/** The Go module, its stages and its custom resource definitions. */
export const TEST_CLUSTER_DIRECTORY = fileURLToPath(new URL('../test-cluster', import.meta.url));

/** Go's own version stamp is empty outside upstream's build, and clients parse it. Versions as in go.mod. */
const STAMP = {
  'k8s.io/component-base/version.gitVersion': 'v1.36.3',
  'k8s.io/component-base/version.gitMajor': '1',
  'k8s.io/component-base/version.gitMinor': '36',
  'k8s.io/component-base/version.gitTreeState': 'clean',
  'k8s.io/component-base/version.gitCommit': 'unknown',
  'k8s.io/component-base/version.buildDate': '1970-01-01T00:00:00Z',
  'sigs.k8s.io/kwok/pkg/consts.Version': 'v0.8.0',
};

/** The test cluster's binary: `FAIRLEAD_TESTCLUSTER_BIN`, the cache, or a build into the cache. @throws Error with the mend. */
export async function testClusterPath(): Promise<string> {
  const present = fromEnvironment('FAIRLEAD_TESTCLUSTER_BIN');
  if (present !== undefined) return present;
  try {
    const path = join(cacheDirectory(), 'testcluster', await sourceKey(), 'testcluster');
    return await cached(path, build);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `no test cluster: ${reason}\nInstall Go 1.26 or later (https://go.dev/dl), or set FAIRLEAD_TESTCLUSTER_BIN to a built binary.`,
      { cause },
    );
  }
}

/** Changes with whatever changes the binary. The stages do not: they are read at run time. */
async function sourceKey(): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(STAMP));
  for (const file of ['go.mod', 'go.sum', 'main.go']) {
    hash.update(await readFile(join(TEST_CLUSTER_DIRECTORY, file)));
  }
  hash.update(await go('env', 'GOVERSION', 'GOOS', 'GOARCH'));
  return hash.digest('hex').slice(0, 16);
}

async function build(scratch: string): Promise<string> {
  process.stderr.write(
    'setup: building the test cluster, once: about 5 minutes on 2 cores, 2.5 GB of memory\n',
  );
  const binary = join(scratch, 'testcluster');
  const stamp = Object.entries(STAMP).map(([name, value]) => `-X ${name}=${value}`);
  await go('build', '-trimpath', '-o', binary, '-ldflags', ['-s -w', ...stamp].join(' '), '.');
  return binary;
}

function go(...args: string[]): Promise<string> {
  const env = { ...process.env, CGO_ENABLED: '0' };
  return run('go', args, { cwd: TEST_CLUSTER_DIRECTORY, env, background: true });
}
