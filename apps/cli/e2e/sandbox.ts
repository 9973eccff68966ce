import { SEARCH_ATTRIBUTES } from '@fairlead/contracts';
import { startTemporal, waitFor } from '@fairlead/testing/servers';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createFolder, run, start } from './fairlead.ts';

const WORKER = fileURLToPath(new URL('../../worker/src/main.ts', import.meta.url));
/** A busy machine bundles the workflows in many times the second that it takes. */
const READY_DEADLINE_MS = 60_000;

const CONFIG = `application: shop
components:
  - name: api
    image: registry.example.com/shop/api:2.4.1
environments:
  staging: { namespace: staging, type: canary }
  production: { namespace: production, type: canary }
canary:
  steps: [{ weight: 10 }, { weight: 50 }]
  bake: 1s
`;
const APPROVAL = `canary:
  steps: [{ weight: 10 }, { approval: {} }, { weight: 50 }]
  bake: 1s
`;

/** A real Temporal, a worker on a simulated cluster, and the command in a folder with its configuration. */
export async function startSandbox() {
  const folder = await createFolder({ 'fairlead.yaml': CONFIG, 'approval.yaml': APPROVAL });
  const temporal = await startTemporal({
    searchAttributes: Object.fromEntries(
      Object.values(SEARCH_ATTRIBUTES).map((name) => [name, 'Keyword' as const]),
    ),
  });
  const env = { TEMPORAL_ADDRESS: temporal.address, FAIRLEAD_ACTOR: 'alice' };
  const worker = startWorker(join(folder.path, 'state'), env);
  const options = { cwd: folder.path, env };
  await worker.ready;
  return {
    fairlead: (...args: readonly string[]) => run(args, options),
    start: (...args: readonly string[]) => start(args, options),
    async stop() {
      await worker.stop();
      await temporal.stop();
      await folder.remove();
    },
  };
}

export type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

function startWorker(state: string, env: Readonly<Record<string, string>>) {
  const args = ['--role', 'both', '--sandbox', state, '--delivery-rate', 'inbox-chat=0'];
  const child = spawn(process.execPath, [WORKER, ...args], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const exited = once(child, 'exit');
  return {
    ready: waitFor(
      () => {
        if (child.exitCode !== null) throw new Error(`the worker ended: ${output}`);
        return output.includes('"message":"worker runs"');
      },
      { deadlineMs: READY_DEADLINE_MS, what: () => `the worker to be ready; it said ${output}` },
    ),
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
