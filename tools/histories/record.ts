// Writes libs/workflows/__fixtures__/histories: one for each way a workflow can end, from a real server.
// `npm run histories -- NAME…` writes those alone: for a new one. Without names all are written anew: only for an
// intended break. Deleting one needs a decision record.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { ApplicationFailure } from '@temporalio/common';
import {
  confirmationWorkflowId,
  CONTROL_QUEUE,
  digestWorkflowId,
  WORKFLOW_TYPES,
} from '@fairlead/contracts';
import type {
  CanaryStep,
  ConfirmationInput,
  Delivery,
  DeploymentRequest,
  DigestInput,
  Doom,
  Receipt,
  Route,
} from '@fairlead/contracts';
import {
  createRecordingDeliveries,
  createRecordingStates,
  createScriptedCluster,
  requestOf,
  startWorkflowHarness,
} from '@fairlead/testing/workflows';
import { waitFor } from '@fairlead/testing/servers';
import { recordForeign } from './foreign.ts';
import { createIssueRecorder } from './issues.ts';

const FOLDER = fileURLToPath(
  new URL('../../libs/workflows/__fixtures__/histories/', import.meta.url),
);
const APPROVAL: readonly CanaryStep[] = [{ kind: 'weight', weight: 10 }, { kind: 'approval' }];
const INSTEAD: readonly Route[] = [
  { destination: 'spare', road: 'keyed', kinds: ['deployment-started'] },
];
const DOOM: Doom = {
  component: 'api',
  workload: 'api',
  side: 'canary',
  reason: 'CrashLoopBackOff',
  message: 'back-off restarting failed container',
  since: '2026-01-01T00:00:00Z',
};

const wanted = process.argv.slice(2);
const cluster = createScriptedCluster();
const deliveries = createRecordingDeliveries();
const issues = createIssueRecorder();
const harness = await startWorkflowHarness(
  {
    ...cluster,
    ...deliveries,
    ...issues.activities,
    ...createRecordingStates(),
    provision: () => Promise.resolve([]),
    confirmDelivery: ({ receipt }) => Promise.resolve({ ...receipt, state: 'dead' }),
    lookupRecord: ({ deploymentId }) => harness.record(deploymentId),
  },
  { pacedDestinations: ['chat'] },
);
await mkdir(FOLDER, { recursive: true });
try {
  await record();
} finally {
  await harness.stop();
}

async function record(): Promise<void> {
  const { client } = harness;
  const request = (asked: DeploymentRequest) => harness.request(asked);
  const result = (id: string) => harness.result(id);
  const plan = (name: string) => ({ application: name, bakeMs: 50 });
  const steps = (of: readonly CanaryStep[]) => ({
    canary: { traffic: { router: 'replicas' as const }, steps: of },
  });
  const waiting = (name: string) =>
    harness.until(name, ({ phase }) => phase === 'awaiting-approval', `${name} to wait`);
  const send = (name: string, signal: string) =>
    client.workflow.getHandle(`deployment/${name}`).signal(signal, { actor: 'ann' });

  await request(requestOf('succeeded', { ...plan('succeeded'), ...steps(APPROVAL) }));
  await waiting('succeeded');
  await send('succeeded', 'pause');
  await send('succeeded', 'resume');
  await send('succeeded', 'promote');
  await result('succeeded');

  await request(requestOf('rolling', { ...plan('rolling'), type: 'rolling' }));
  await result('rolling');

  await request(requestOf('doomed', { ...plan('doomed'), ...steps(APPROVAL) }));
  await waiting('doomed');
  await waitFor(() => cluster.watching() > 0, { deadlineMs: 10_000, what: 'the watch' });
  cluster.doom(DOOM);
  await result('doomed');

  await request(requestOf('aborted', { ...plan('aborted'), ...steps(APPROVAL) }));
  await waiting('aborted');
  await send('aborted', 'abort');
  await result('aborted');

  await request(requestOf('cancelled', { ...plan('cancelled'), ...steps(APPROVAL) }));
  await waiting('cancelled');
  await client.workflow.getHandle('deployment/cancelled').cancel();
  await result('cancelled');

  await request(requestOf('stuck', { ...plan('stuck'), simulateFailure: 'rollback' }));
  await result('stuck');

  cluster.script.snapshot = {
    refusals: [{ component: 'api', type: 'workload-missing', message: 'no such workload' }],
  };
  await request(requestOf('refused', plan('refused')));
  await result('refused');
  delete cluster.script.snapshot;

  await request(requestOf('lost', { ...plan('lost'), ...steps(APPROVAL) }));
  await waiting('lost');
  await request(requestOf('queued', { ...plan('lost'), onBusy: 'queue' }));
  const first = await client.workflow.getHandle('target/staging/lost').describe();
  await client.workflow.getHandle('deployment/lost').terminate('recorded');
  await save('target-terminated-child', 'target/staging/lost', first.runId);

  let down = true;
  deliveries.before = ({ destination }) =>
    destination === 'mail' && down
      ? Promise.reject(
          ApplicationFailure.create({
            message: 'down',
            type: 'vendor-unreachable',
            nextRetryDelay: 500,
          }),
        )
      : Promise.resolve();
  const target = client.workflow.getHandle('target/staging/handed-over');
  const started = request(requestOf('handed-over', plan('handed-over')));
  await started;
  const run = await target.describe();
  await result('handed-over');
  down = false;
  await client.workflow.getHandle('redelivery/handed-over').result();

  // After the last wait of 2 s, within that for an answer: told once, and nothing is handed over.
  deliveries.before = ({ destination, event }) =>
    destination === 'chat' && event.kind === 'deployment-completed'
      ? sleep(3_000)
      : Promise.resolve();
  await request(requestOf('answered-late', plan('answered-late')));
  await result('answered-late');
  deliveries.before = () => Promise.resolve();

  deliveries.progress = { systems: ['gateway'] };
  await request(requestOf('published', plan('published')));
  const published = await client.workflow.getHandle('target/staging/published').describe();
  await result('published');
  deliveries.progress = undefined;
  await save('target-published', 'target/staging/published', published.runId);

  await recordDigests();
  await recordConfirmation();
  await recordForeign(harness);
  await issues.record(harness, save);
  await client.workflow.execute(WORKFLOW_TYPES.provisioning, {
    workflowId: 'provisioning/grafana',
    taskQueue: CONTROL_QUEUE,
    args: [{ system: 'grafana', verb: 'plan', force: false, removeDuplicates: false }],
  });
  await save('provisioning-planned', 'provisioning/grafana');

  for (const name of [
    'succeeded',
    'rolling',
    'doomed',
    'aborted',
    'cancelled',
    'stuck',
    'refused',
    'handed-over',
    'answered-late',
    'published',
    'command',
    'told',
    'past',
  ]) {
    await save(`deployment-${name}`, `deployment/${name}`);
  }
  await save('target-continued-as-new', 'target/staging/handed-over', run.runId);
  await save('redelivery-delivered', 'redelivery/handed-over');
}

/** It is asked once: a vendor that says nothing takes 75 minutes. */
async function recordConfirmation(): Promise<void> {
  const [delivery] = deliveries.sent;
  if (delivery === undefined) throw new Error('nothing was sent');
  const { key, destination } = delivery;
  const receipt: Receipt = {
    destination,
    key,
    state: 'accepted',
    attempts: 1,
    at: delivery.event.at,
  };
  await harness.client.workflow.execute<(input: ConfirmationInput) => Promise<unknown>>(
    WORKFLOW_TYPES.confirmation,
    {
      workflowId: confirmationWorkflowId(key),
      taskQueue: CONTROL_QUEUE,
      args: [{ receipt, message: { road: 'keyed', delivery, fallback: INSTEAD }, keys: [key] }],
    },
  );
  await save('confirmation-lost', confirmationWorkflowId(key));
}

/** One that ends with what it told, and one that remembers in whose place it told. */
async function recordDigests(): Promise<void> {
  const told = deliveries.sent.filter(({ destination }) => destination === 'mail').slice(0, 2);
  await (await startDigest('mail', told)).result();
  await save('digest-told', digestWorkflowId('mail'));

  const inPlace = told.map((delivery) => ({ ...delivery, insteadOf: 'pager' }));
  const remembering = await startDigest('spare', inPlace);
  await waitFor(
    async () =>
      (await remembering.fetchHistory()).events?.some(
        ({ markerRecordedEventAttributes: marker }) => marker?.markerName === 'core_patch',
      ),
    { deadlineMs: 60_000, what: 'the digest to remember' },
  );
  await remembering.terminate('recorded');
  await save('digest-remembers', digestWorkflowId('spare'));
}

function startDigest(destination: string, told: readonly Delivery[]) {
  const dueAt = new Date().toISOString();
  const waiting = told.map((delivery) => {
    const key = `${delivery.event.id}/${destination}`;
    return { open: { road: 'keyed' as const, delivery: { ...delivery, key, destination } }, dueAt };
  });
  return harness.client.workflow.start<(input: DigestInput) => Promise<unknown>>(
    WORKFLOW_TYPES.digest,
    {
      workflowId: digestWorkflowId(destination),
      taskQueue: CONTROL_QUEUE,
      args: [{ waiting }],
    },
  );
}

async function save(name: string, workflowId: string, runId?: string): Promise<void> {
  if (wanted.length > 0 && !wanted.includes(name)) return;
  const handle = harness.client.workflow.getHandle(workflowId, runId);
  await waitFor(async () => (await handle.describe()).status.name !== 'RUNNING', {
    deadlineMs: 20_000,
    what: `${workflowId} to close`,
  });
  const history = withoutMachine(historyToJSON(await handle.fetchHistory()));
  await writeFile(join(FOLDER, `${name}.json`), `${history}\n`);
  process.stdout.write(`${name}\n`);
}

/** Replay reads neither who did a task nor where it failed, and both name the machine that recorded it. */
function withoutMachine(history: string): string {
  return history
    .replaceAll(/"identity": "[^"]*"/g, '"identity": "recorded"')
    .replaceAll(/"name": "\d+@[^"]*"/g, '"name": "recorded-sticky"')
    .replaceAll(/"stackTrace": "[^"]*"/g, '"stackTrace": ""');
}
