import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { shippedBundle, spawnWorker } from '@fairlead/testing/e2e';
import type { TemporalVariables } from '@fairlead/testing/servers';
import { createFolder, start } from './fairlead.ts';
import { openShell } from './shell.ts';

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
  steps: [{ weight: 10 }, { weight: 50 }, { approval: {} }]
  bake: 1s
`;

export interface SandboxOptions {
  /** Messages a second of the inbox's paced destination; default 0, no limit. */
  readonly chatRate?: number;
}

/** A worker on a simulated cluster, and the command in a folder with its configuration. */
export async function startSandbox(
  temporal: TemporalVariables,
  { chatRate = 0 }: SandboxOptions = {},
) {
  const folder = await createFolder({ 'fairlead.yaml': CONFIG, 'approval.yaml': APPROVAL });
  const env = { ...temporal, FAIRLEAD_ACTOR: 'alice' };
  const options = { cwd: folder.path, env };
  const worker = spawnWorker(
    [
      ...['--role', 'both', '--sandbox', join(folder.path, 'state'), '--health-port', '0'],
      ...['--delivery-rate', `inbox-chat=${chatRate}`],
    ],
    { ...env, FAIRLEAD_WORKFLOW_BUNDLE: await shippedBundle(folder.path) },
  );
  const shell = openShell(options);
  await worker.ready();
  return {
    fairlead: (...args: readonly string[]) => shell.fairlead(...args),
    /** In a process of its own: to see what it says while it goes on, and to interrupt it. */
    start: (...args: readonly string[]) => start(args, options),
    /** What the pods of a Kubernetes Deployment run, as the simulated cluster has it. */
    images: (namespace: string, workload: string) =>
      imagesIn(join(folder.path, 'state', 'cluster.json'), `${namespace}/${workload}`),
    async stop() {
      worker.child.kill('SIGTERM');
      await Promise.all([worker.exited, shell.close()]);
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
