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
  /** The worker, of this configuration by now, takes one deployment to its end and its messages to theirs. */
  deploy(name: string, config: string, over?: Over): Promise<Traces>;
  /** A worker that ends by this configuration. Resolves with all that it said. */
  refuse(config: string): Promise<string>;
  /** The worker, which reads this configuration first, and then `changed`, which is broken. Resolves with all that it said. */
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
  const [port = 0] = await freePorts(1);
  const metricsAddress = `127.0.0.1:${port}`;
  workers.push(await stage.startWorker());
  let control: SpawnedWorker | undefined;

  /** One worker for all configurations: each after the first is read while it runs. */
  async function controlOf(config: string): Promise<SpawnedWorker> {
    await writeFile(file, config);
    if (control !== undefined) {
      await readAgain(control, '"configuration read"');
      return control;
    }
    const args = ['--role', 'control', '--config', file, '--metrics-address', metricsAddress];
    control = await stage.startWorker(args);
    workers.push(control);
    return control;
  }

  return {
    async deploy(name, config, { image, ...people } = {}) {
      await controlOf(config);
      await stage.request({ ...requestOf(name, planOf(name, image)), ...people });
      await stage.result(name);
      const receipts = await settled(stage, name);
      const texts = {
        ...(await allHistories(stage.client)),
        record: JSON.stringify(await stage.record(name)),
        receipts: JSON.stringify(receipts),
        metrics: await (await fetch(`http://${metricsAddress}/metrics`)).text(),
        ...Object.fromEntries(
          workers.flatMap((worker, index) => [
            [`stdout of worker ${index}`, worker.stdout()],
            [`stderr of worker ${index}`, worker.stderr()],
          ]),
        ),
      };
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
      const worker = await controlOf(config);
      await writeFile(file, changed);
      await readAgain(worker, 'configuration is broken');
      return worker.stdout() + worker.stderr();
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

/** Has it read its configuration; resolves when it has said so once more. */
async function readAgain(worker: SpawnedWorker, word: string): Promise<void> {
  const times = () => worker.stderr().split(word).length;
  const before = times();
  worker.child.kill('SIGHUP');
  await waitFor(() => times() > before, {
    deadlineMs: DEADLINE_MS,
    what: () => `the next reading: ${worker.stderr()}`,
  });
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
