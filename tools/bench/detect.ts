// From a crash loop that qualifies to the deletion of its pod, on a real control plane: the worker sees it, its target
// takes it, and the action is made. Both moments are polled for, so each is late by up to 20 ms. [--rounds 10]
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { startClusterStage } from '@fairlead/testing/e2e';
import type { ClusterStage } from '@fairlead/testing/e2e';
import { waitFor } from '@fairlead/testing/servers';
import { benchOptions } from './lib/options.ts';
import { median, printReport, round } from './lib/report.ts';
import type { Report } from './lib/report.ts';

const LIMIT_MS = 2_000;
const DEADLINE_MS = 120_000;
const POLL_MS = 20;
/** Restarts from which on the worker takes a crash for a loop. */
const RESTARTS = 3;
/** Of the test cluster: this pod crashes again and again, whatever its image. */
const CRASH = {
  metadata: {
    labels: { 'testcluster/fail': 'crashloop' },
    annotations: { 'testcluster/after': '0s' },
  },
};

interface Pod {
  readonly metadata: { readonly name: string; readonly deletionTimestamp?: string };
  readonly status?: {
    readonly containerStatuses?: readonly {
      readonly restartCount: number;
      readonly state?: { readonly waiting?: { readonly reason?: string } };
    }[];
  };
}

const { counts, json } = benchOptions({ rounds: 10 });
const stage = await startClusterStage();
try {
  process.exitCode = printReport(await bench(), json);
} finally {
  await stage.stop();
}

async function bench(): Promise<Report> {
  const target = await stage.seedTarget({ replicas: 1 });
  const { namespace, application } = target;
  const file = join(stage.directory, 'fairlead.yaml');
  await writeFile(
    file,
    `application: ${application}
components: [{ name: api, image: registry.test/api:1 }]
environments: { staging: { namespace: ${namespace} } }
remediation:
  auto_remediate: true
  max_attempts: 100
  cooldown_period: 0
  verify_for: 1s
  actions: { restart_pod: {} }
  limits: { actions_per_hour: 1000 }
`,
  );
  await stage.startWorker(['--kubeconfig', stage.cluster.kubeconfigs.fairlead, '--config', file]);
  const times: number[] = [];
  for (let turn = 0; turn < counts.rounds; turn += 1) times.push(await once(stage, namespace));
  const middle = median(times);
  return {
    bench: 'detect',
    what: `${counts.rounds} pods in a crash loop, one after the other`,
    rows: times.map((ms, turn) => ({ turn: turn + 1, 'seen to deleted, ms': round(ms) })),
    verdicts: [
      {
        met: middle <= LIMIT_MS,
        target: `median from a crash loop that qualifies to the action: ${round(middle)} ms (at most ${LIMIT_MS})`,
      },
    ],
  };
}

async function once({ fixtures }: ClusterStage, namespace: string): Promise<number> {
  const pods = () => fixtures.list<Pod>('pods', namespace);
  const [pod] = await waitFor(async () => {
    const alive = (await pods()).filter(({ metadata }) => !metadata.deletionTimestamp);
    return alive.length === 1 && !isLoop(alive[0]) ? alive : undefined;
  }, wait('one pod'));
  const name = pod?.metadata.name ?? '';
  await fixtures.edit('pods', namespace, name, CRASH);
  const find = async () => (await pods()).find(({ metadata }) => metadata.name === name);
  await waitFor(async () => {
    const found = await find();
    return isGoing(found) || isLoop(found);
  }, wait('the crash loop'));
  const seenMs = performance.now();
  await waitFor(async () => isGoing(await find()), wait('the deletion'));
  return performance.now() - seenMs;
}

function isGoing(pod: Pod | undefined): boolean {
  return pod?.metadata.deletionTimestamp !== undefined || pod === undefined;
}

function isLoop(pod: Pod | undefined): boolean {
  const [container] = pod?.status?.containerStatuses ?? [];
  const isWaiting = container?.state?.waiting?.reason === 'CrashLoopBackOff';
  return isWaiting && container.restartCount >= RESTARTS;
}

function wait(what: string) {
  return { deadlineMs: DEADLINE_MS, what, pollMs: POLL_MS };
}
