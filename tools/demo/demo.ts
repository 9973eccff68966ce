// `npm run demo`: the sandbox, a good version to its promotion, a bad one back, and every message on the way.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePorts, waitFor } from '@fairlead/testing/servers';
import { temporalPath } from '../setup/index.ts';

const FAIRLEAD = fileURLToPath(new URL('../../apps/cli/bin/fairlead.js', import.meta.url));
const KEEP = process.argv.includes('--keep');
/** Server, bundle and worker, on a machine that has just installed everything. */
const START_DEADLINE_MS = 60_000;
/** What `fairlead deploy` exits with. */
const EXIT = { succeeded: 0, rolledBack: 3 };

const CONFIG = `
application: shop
components:
  - name: api
    image: registry.example.com/shop/api:2.4.1
environments:
  staging: { namespace: staging, type: canary }
canary:
  steps:
    - weight: 10
    - pause: 2s
    - weight: 50
    - pause: 2s
  bake: 3s
`;

process.exitCode = await demo();

async function demo(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'fairlead-demo-'));
  const config = join(folder, 'fairlead.yaml');
  await writeFile(config, CONFIG);
  const [port = 0, uiPort = 0] = await freePorts(2);
  const env = {
    ...process.env,
    FAIRLEAD_TEMPORAL_BIN: await temporalPath(),
    FAIRLEAD_CONFIG: config,
    TEMPORAL_ADDRESS: `127.0.0.1:${port}`,
  };
  const up = startStack({ folder, port, uiPort, env });
  try {
    await up.ready;
    const good = await deploy('A good version: api 2.4.1', 'demo-good', [], env);
    const bad = await deploy(
      'A bad version: api crashloop-2, whose pods crash',
      'demo-bad',
      ['--component', 'api=registry.example.com/shop/api:crashloop-2'],
      env,
    );
    // The last words are on their way when the command ends: a run waits for no message.
    await up.shows('inbox-chat  [staging] Rollback Completed');
    say('The two runs in the Web UI');
    for (const id of ['demo-good', 'demo-bad']) {
      const workflow = encodeURIComponent(`deployment/${id}`);
      process.stdout.write(`http://127.0.0.1:${uiPort}/namespaces/default/workflows/${workflow}\n`);
    }
    const asPromised = good === EXIT.succeeded && bad === EXIT.rolledBack;
    process.stdout.write(
      asPromised
        ? '\nPromoted, and rolled back: as it should be.\n'
        : `\nNot as it should be: exit ${good} and ${bad}, wanted 0 and 3.\n`,
    );
    if (KEEP) {
      process.stdout.write('Still up (--keep): Ctrl-C ends it.\n');
      await once(up.process, 'exit');
    }
    return asPromised ? 0 : 1;
  } finally {
    await up.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** One deployment: its timeline comes on stderr as it happens, its record on stdout. */
async function deploy(
  title: string,
  requestId: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<number> {
  say(title);
  const command = ['deploy', '--environment', 'staging', '--request-id', requestId, ...args];
  const child = spawn(process.execPath, [FAIRLEAD, ...command], { env, stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? -1;
}

interface StackOptions {
  readonly folder: string;
  readonly port: number;
  readonly uiPort: number;
  readonly env: NodeJS.ProcessEnv;
}

/** `fairlead up --sandbox`, whose output (every message) is passed on. */
function startStack({ folder, port, uiPort, env }: StackOptions) {
  say('Starting Temporal, a worker, a simulated cluster and an inbox');
  const up: ChildProcess = spawn(
    process.execPath,
    [
      FAIRLEAD,
      ...['up', '--sandbox', '--state', join(folder, 'state')],
      ...['--port', String(port), '--ui-port', String(uiPort)],
    ],
    { env, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  up.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    process.stdout.write(chunk);
  });
  return {
    process: up,
    ready: waitFor(
      () => {
        if (up.exitCode !== null) throw new Error('the stack ended before it was up');
        return said.includes('Fairlead is up.');
      },
      { deadlineMs: START_DEADLINE_MS, what: 'the stack to be up' },
    ),
    /** Waits until a line was shown; a message that does not come must not hide the result. */
    async shows(line: string): Promise<void> {
      await waitFor(() => said.includes(line), { deadlineMs: 10_000, what: line }).catch(
        () => undefined,
      );
    },
    async stop(): Promise<void> {
      if (up.exitCode !== null || up.signalCode !== null) return;
      up.kill('SIGINT');
      await once(up, 'exit');
    },
  };
}

function say(title: string): void {
  process.stdout.write(`\n── ${title}\n`);
}
