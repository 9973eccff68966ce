import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readText, readYaml, ROOT, serviceOf } from './compose-file.ts';

const DOCKERFILE = readText('Dockerfile');
const [, built = '', installed = '', shipped = ''] = DOCKERFILE.split(/^FROM /m);

interface Package {
  readonly name: string;
  readonly bin?: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

function packageAt(folder: string): Package {
  return readYaml(join(folder, 'package.json')) as Package;
}

describe('Dockerfile', () => {
  it('has the Node that development and tests run on', () => {
    const { node } = packageAt('.').devDependencies;

    expect(DOCKERFILE).toContain(`\nARG NODE=${node}-bookworm-slim\n`);
    expect(DOCKERFILE.match(/^FROM .*$/gm)).toEqual([
      'FROM node:${NODE} AS built',
      'FROM node:${NODE} AS installed',
      'FROM node:${NODE}',
    ]);
  });

  it('installs both programs and the workflows, each by its own name', () => {
    const names = [...installed.matchAll(/--workspace=(\S+)/g)].map(([, name]) => name);

    expect(names).toEqual(
      ['apps/worker', 'apps/cli', 'libs/workflows'].map((folder) => packageAt(folder).name),
    );
  });

  it('runs what is built, and has the bundle where the worker is told of it', () => {
    const tools = ['tools/bundle/bundle-apps.ts', 'tools/bundle/bundle-workflows.ts'];
    const outputs = ['apps/cli/dist', 'apps/worker/dist'];

    expect(built).toContain(`RUN ${tools.map((tool) => `node ${tool}`).join(' && ')}\n`);
    for (const tool of tools) expect(existsSync(join(ROOT, tool))).toBe(true);
    for (const output of outputs) {
      expect(installed).toContain(`COPY --from=built /opt/fairlead/${output} ${output}\n`);
    }
    expect(shipped).toContain('FAIRLEAD_BUILT=1 ');
    expect(shipped).toContain(
      'FAIRLEAD_WORKFLOW_BUNDLE=/opt/fairlead/apps/worker/dist/workflow-bundle.js\n',
    );
  });

  it('runs as a user without rights, who owns the folder of the simulated cluster', () => {
    const { volumes, environment } = serviceOf('cluster-worker');
    const users = [...shipped.matchAll(/^USER (.+)$/gm)].map(([, user]) => user);

    expect(users).toEqual(['node']);
    expect(shipped).toContain('--owner=node --group=node /var/lib/fairlead\n');
    expect(shipped.indexOf('\nRUN', shipped.indexOf('\nUSER'))).toBe(-1);
    expect(environment?.['FAIRLEAD_SANDBOX']).toBe('/var/lib/fairlead');
    expect(volumes).toContain('sandbox:/var/lib/fairlead');
  });

  it('starts a program that the installation brings', () => {
    expect(shipped).toContain('PATH=/opt/fairlead/node_modules/.bin:');
    expect(shipped).toContain('CMD ["fairlead-worker"]');
    expect(packageAt('apps/worker').bin).toHaveProperty(['fairlead-worker']);
    expect(packageAt('apps/cli').bin).toHaveProperty(['fairlead']);
  });
});

/** The last rule that fits says; one fits a path when it fits a folder above it. */
function isSent(path: string): boolean {
  const parts = path.split('/');
  const paths = parts.map((_, at) => parts.slice(0, at + 1).join('/'));
  let sent = true;
  for (const rule of readText('.dockerignore').split('\n')) {
    if (rule === '' || rule.startsWith('#')) continue;
    const pattern = patternOf(rule.replace('!', ''));
    if (paths.some((one) => pattern.test(one))) sent = rule.startsWith('!');
  }
  return sent;
}

/** As Docker reads it: a name that begins with a dot is one like any other. */
function patternOf(rule: string): RegExp {
  const source = rule
    .replaceAll('.', '\\.')
    .split('**/')
    .map((part) => part.replaceAll('*', '[^/]*'))
    .join('(?:.*/)?');
  return new RegExp(`^${source}$`);
}

describe('.dockerignore', () => {
  it.each([
    'package.json',
    'package-lock.json',
    '.npmrc',
    'apps/worker/bin/fairlead-worker.js',
    'apps/worker/src/main.ts',
    'apps/cli/bin/fairlead.js',
    'apps/cli/src/main.ts',
    'libs/workflows/src/index.ts',
    'libs/testing/package.json',
    'tools/bundle/bundle-apps.ts',
    'tools/bundle/bundle-workflows.ts',
  ])('sends %s, which the image is made of', (path) => {
    expect(existsSync(join(ROOT, path))).toBe(true);
    expect(isSent(path)).toBe(true);
  });

  it.each([
    'deploy/compose/fairlead.env',
    '.env',
    'fairlead.yaml',
    '.git/config',
    '.fairlead/temporal.db',
    'node_modules/node/bin/node',
    'libs/config/node_modules/yaml/package.json',
    'apps/cli/dist/main.js',
    'apps/worker/e2e/worker.e2e.test.ts',
    'libs/config/src/examples.test.ts',
    'libs/workflows/__fixtures__/histories/deployment-succeeded.json',
    'libs/testing/schemas/README.md',
    'tools/test-cluster/main.go',
  ])('sends no %s', (path) => {
    expect(isSent(path)).toBe(false);
  });
});
