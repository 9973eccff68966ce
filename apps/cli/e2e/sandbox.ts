import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createFolder, run, start } from './fairlead.ts';

const WORKER = fileURLToPath(new URL('../../worker/src/main.ts', import.meta.url));
export const CONFIG = `application: shop
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

/** A worker on a simulated cluster, and the command in a folder with its configuration. */
export async function startSandbox(address: string) {
  const folder = await createFolder({ 'fairlead.yaml': CONFIG, 'approval.yaml': APPROVAL });
  const env = { TEMPORAL_ADDRESS: address, FAIRLEAD_ACTOR: 'alice' };
  const worker = startWorker(join(folder.path, 'state'), env);
  const options = { cwd: folder.path, env };
  await worker.ready;
  return {
    fairlead: (...args: readonly string[]) => run(args, options),
    start: (...args: readonly string[]) => start(args, options),
    /** What the pods of a Kubernetes Deployment run, as the simulated cluster has it. */
    images: (namespace: string, workload: string) =>
      imagesIn(join(folder.path, 'state', 'cluster.json'), `${namespace}/${workload}`),
    async stop() {
      await worker.stop();
      await folder.remove();
    },
  };
}

export type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

interface ClusterFile {
  readonly workloads: Readonly<
    Record<
      string,
      {
        readonly replicaSets: readonly {
          readonly pods: readonly unknown[];
          readonly template: {
            readonly spec: { readonly containers: readonly { readonly image: string }[] };
          };
        }[];
      }
    >
  >;
}

async function imagesIn(file: string, workload: string): Promise<readonly string[]> {
  const { workloads } = JSON.parse(await readFile(file, 'utf8')) as ClusterFile;
  const running = workloads[workload]?.replicaSets.filter(({ pods }) => pods.length > 0) ?? [];
  return running.flatMap(({ template }) => template.spec.containers.map(({ image }) => image));
}

/** What the worker's log says when it takes work. */
const READY = '"message":"worker runs"';

function startWorker(state: string, env: Readonly<Record<string, string>>) {
  const args = ['--role', 'both', '--sandbox', state, '--delivery-rate', 'inbox-chat=0'];
  const child = spawn(process.execPath, [WORKER, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  const ready = new Promise<void>((resolve, reject) => {
    let output = '';
    const read = (text: string) => {
      output += text;
      if (output.includes(READY)) resolve();
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    void exited.then(() => {
      reject(new Error(`the worker ended: ${output}`));
    });
  });
  return {
    ready,
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
