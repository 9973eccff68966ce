import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DeploymentPlan, DeploymentRequest, Receipt } from '@fairlead/contracts';
import { receiptsQuery } from '@fairlead/contracts/messages';
import { freePorts, waitFor } from '../../servers/index.ts';
import { requestOf } from '../../workflows/index.ts';
import { startStage } from '../stage.ts';
import type { Stage } from '../stage.ts';
import { spawnWorker } from '../worker-process.ts';
import type { SpawnedWorker } from '../worker-process.ts';
import { allHistories } from './leaks.ts';
import type { Texts } from './leaks.ts';

/** Of the repository that `OLD_IMAGE` is from. */
const BAD_IMAGE = 'registry.test/api:crashloop-2';
const DEADLINE_MS = 120_000;
/** Exit code of a configuration that is wrong. */
const USAGE = 2;

/** What one deployment left behind, everywhere that a person can look. */
export interface Traces {
  readonly receipts: readonly Receipt[];
  /** Histories, records and receipts, both outputs of every worker so far, the metrics. */
  readonly texts: Texts;
}

interface Over extends Pick<Partial<DeploymentRequest>, 'actor' | 'reason'> {
  /** Default: one whose pods crash. */
  readonly image?: string;
}

export interface ChannelStage {
  /** A worker of this configuration takes one deployment to its end and its messages to theirs. */
  deploy(name: string, config: string, over?: Over): Promise<Traces>;
  /** A worker that ends by this configuration. Resolves with all that it said. */
  refuse(config: string): Promise<string>;
  /** A worker that reads this configuration first, and `changed`, which is broken, while it runs. */
  reload(config: string, changed: string): Promise<string>;
  stop(): Promise<void>;
}

/**
 * A simulated cluster, served by a worker without channels. `seed` makes its state file, with the Kubernetes Deployment
 * `api` in a namespace for each name that will be deployed.
 */
export async function startChannelStage(seed: (stateFile: string) => void): Promise<ChannelStage> {
  const stage = await startStage((directory) => ['--role', 'cluster', '--sandbox', directory]);
  const workers: SpawnedWorker[] = [];
  const file = join(stage.directory, 'fairlead.json');
  seed(join(stage.directory, 'cluster.json'));
  workers.push(await stage.startWorker());

  async function startControl(config: string, args: readonly string[] = []) {
    await writeFile(file, config);
    const worker = await stage.startWorker(['--role', 'control', '--config', file, ...args]);
    workers.push(worker);
    return worker;
  }

  return {
    async deploy(name, config, { image, ...people } = {}) {
      const [port = 0] = await freePorts(1);
      const address = `127.0.0.1:${port}`;
      const control = await startControl(config, ['--metrics-address', address]);
      await stage.request({ ...requestOf(name, planOf(name, image)), ...people });
      await stage.result(name);
      const receipts = await settled(stage, name);
      const texts = {
        ...(await allHistories(stage.client)),
        record: JSON.stringify(await stage.record(name)),
        receipts: JSON.stringify(receipts),
        metrics: await (await fetch(`http://${address}/metrics`)).text(),
        ...Object.fromEntries(
          workers.flatMap((worker, index) => [
            [`stdout of worker ${index}`, worker.stdout()],
            [`stderr of worker ${index}`, worker.stderr()],
          ]),
        ),
      };
      await end(control);
      return { receipts, texts };
    },
    async refuse(config) {
      await writeFile(file, config);
      // It reads its configuration before it looks for Temporal.
      const worker = spawnWorker(['--role', 'control', '--config', file]);
      if ((await worker.exited) !== USAGE) throw new Error(`it did not refuse: ${worker.stderr()}`);
      return worker.stdout() + worker.stderr();
    },
    async reload(config, changed) {
      const control = await startControl(config);
      await writeFile(file, changed);
      control.child.kill('SIGHUP');
      await waitFor(() => control.stderr().includes('configuration is broken'), {
        deadlineMs: DEADLINE_MS,
        what: () => `the second reading: ${control.stderr()}`,
      });
      await end(control);
      return control.stdout() + control.stderr();
    },
    stop: () => stage.stop(),
  };
}

/** Of a bad image: it tells of a start, a failure and a rollback. */
function planOf(name: string, image = BAD_IMAGE): Partial<DeploymentPlan> {
  return {
    ...{ application: name, namespace: name, type: 'canary' },
    components: [{ name: 'api', workload: 'api', image, containers: ['api'], after: [] }],
  };
}

/** In good order, so that nothing of its outputs is lost. */
async function end({ child, exited }: SpawnedWorker): Promise<void> {
  child.kill('SIGTERM');
  await exited;
}

/** The last receipt of each delivery, once no delivery is under way. */
async function settled(stage: Stage, name: string): Promise<readonly Receipt[]> {
  const latest = new Map<string, Receipt>();
  await waitFor(
    async () => {
      for (const receipt of (await stage.record(name)).deliveries) latest.set(receipt.key, receipt);
      const query = 'WorkflowType = "redelivery"';
      for await (const { workflowId } of stage.client.workflow.list({ query })) {
        if (!workflowId.startsWith(`redelivery/${name}`)) continue;
        const receipts = await stage.client.workflow.getHandle(workflowId).query(receiptsQuery);
        for (const receipt of receipts) latest.set(receipt.key, receipt);
      }
      return latest.size > 0 && [...latest.values()].every(({ state }) => state !== 'pending');
    },
    {
      deadlineMs: DEADLINE_MS,
      pollMs: 250,
      what: () => `the end of every delivery: ${JSON.stringify([...latest.values()])}`,
    },
  );
  return [...latest.values()];
}
