import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type {
  IssueReport,
  IssueView,
  RemediationPolicy,
  TurnActivities,
} from '@fairlead/contracts';
import { targetWorkflowId } from '@fairlead/contracts';
import {
  ledgerQuery,
  pauseUpdate,
  promoteUpdate,
  resumeUpdate,
} from '@fairlead/contracts/messages';
import {
  createRecordingDeliveries,
  createRecordingStates,
  createScriptedCluster,
  createScriptedRemediation,
  remediationPolicyOf,
  reportIssue,
  requestOf,
  startWorkflowHarness,
} from '@fairlead/testing/workflows';
import type { WorkflowHarness } from '@fairlead/testing/workflows';
import { waitFor } from '@fairlead/testing/servers';

const DEADLINE_MS = 60_000;
const cluster = createScriptedCluster();
const deliveries = createRecordingDeliveries();
const states = createRecordingStates();
let policy: RemediationPolicy;
const scripted = createScriptedRemediation();
/** Awaited before a turn is granted. */
let beforeTurn: () => Promise<void>;
const endTurn = jest.fn<TurnActivities['endTurn']>(() => Promise.resolve());
let harness: WorkflowHarness;
let number = 0;
let application: string;

beforeAll(async () => {
  harness = await startWorkflowHarness(
    {
      ...cluster,
      ...scripted.activities,
      ...deliveries,
      ...states,
      endTurn,
      takeTurn: () => beforeTurn().then(() => ({ granted: true })),
      remediationPolicy: () => Promise.resolve(policy),
      lookupRecord: () => Promise.resolve(undefined),
    },
    { pacedDestinations: ['chat'] },
  );
});

beforeEach(() => {
  number += 1;
  application = `app-${number}`;
  scripted.mends.length = 0;
  policy = remediationPolicyOf({ cooldownMs: 0 });
  deliveries.sent.length = 0;
  scripted.results = [];
  scripted.subject = undefined;
  scripted.beforeVerified = () => Promise.resolve();
  beforeTurn = () => Promise.resolve();
  endTurn.mockClear();
});

afterAll(() => harness.stop());

function report(over: Partial<IssueReport> = {}) {
  return reportIssue(harness.client, {
    ...{ kind: 'pod_crash', environment: 'staging', application, cluster: 'default' },
    ...{ namespace: 'shop-staging', workload: 'api', source: 'watcher', actor: 'watcher' },
    ...over,
  });
}

async function issue(): Promise<IssueView | undefined> {
  const target = harness.client.workflow.getHandle(targetWorkflowId('staging', application));
  return (await target.query(ledgerQuery)).issues?.[0];
}

async function isTakenOver(): Promise<boolean> {
  const target = harness.client.workflow.getHandle(targetWorkflowId('staging', application));
  return (await target.query(ledgerQuery)).running !== undefined;
}

function deploy(id = `d-${number}`) {
  return harness.request(requestOf(id, { application }));
}

describe('a deployment that is asked for during a remediation', () => {
  it('takes over as soon as nothing is being written, and the issue is left to it', async () => {
    const verifying = Promise.withResolvers<undefined>();
    const never = Promise.withResolvers<undefined>();
    scripted.beforeVerified = () => {
      verifying.resolve(undefined);
      return never.promise;
    };
    await report();
    await verifying.promise;

    expect(await deploy()).toMatchObject({ status: 'started' });
    expect(await harness.result(`d-${number}`)).toMatchObject({ outcome: 'succeeded' });

    expect(await issue()).toMatchObject({ state: 'left-to-deployment', attempts: [] });
    never.resolve(undefined);
  });

  it('ends one that has just been granted its turn, before it touches anything', async () => {
    const asked = Promise.withResolvers<undefined>();
    const granted = Promise.withResolvers<undefined>();
    beforeTurn = () => {
      asked.resolve(undefined);
      return granted.promise;
    };
    await report();
    await asked.promise;

    const started = deploy();
    await waitFor(isTakenOver, { deadlineMs: DEADLINE_MS, what: 'the deployment to be admitted' });
    granted.resolve(undefined);
    await started;
    await harness.result(`d-${number}`);

    expect(await issue()).toMatchObject({ state: 'left-to-deployment' });
    expect(scripted.mends).toEqual([]);
    expect(endTurn).toHaveBeenCalledWith(expect.objectContaining({ hasActed: false }));
  });
});

describe('an issue that is reported during a deployment', () => {
  it('"goes to that deployment": it is refused, and nothing is mended', async () => {
    await deploy();

    await expect(report()).rejects.toMatchObject({
      cause: { type: 'busy', message: expect.stringMatching(/its own verdict decides/) },
    });
    await harness.result(`d-${number}`);
    expect(scripted.mends).toEqual([]);
  });

  it.each([
    { what: 'with --disable-remediation', remediation: false },
    { what: 'without it', remediation: true },
  ])('is refused between its steps, while it is paused and after that, $what', async (run) => {
    const id = `d-${number}`;
    const features = { monitoring: true, notifications: true, remediation: run.remediation };
    const canary = { traffic: { router: 'replicas' }, steps: [{ kind: 'approval' }] } as const;
    await harness.request(requestOf(id, { application, canary, features }));
    const deployment = harness.client.workflow.getHandle(`deployment/${id}`);
    const args: [{ actor: string }] = [{ actor: 'bob' }];
    const refused = { cause: { type: 'busy' } };

    await harness.until(id, ({ phase }) => phase === 'awaiting-approval', 'approval');
    await expect(report()).rejects.toMatchObject(refused);
    await deployment.executeUpdate(pauseUpdate, { args });
    await harness.until(id, ({ phase }) => phase === 'paused', 'the pause');
    await expect(report()).rejects.toMatchObject(refused);
    await deployment.executeUpdate(resumeUpdate, { args });
    await harness.until(id, ({ phase }) => phase === 'awaiting-approval', 'approval again');
    await expect(report()).rejects.toMatchObject(refused);
    await deployment.executeUpdate(promoteUpdate, { args });

    expect(await harness.result(id)).toMatchObject({ outcome: 'succeeded' });
    expect(scripted.mends).toEqual([]);
  });

  it('is taken up again when it is seen after it', async () => {
    await deploy();
    await harness.result(`d-${number}`);

    await waitFor(
      () =>
        report().then(
          () => true,
          () => false,
        ),
      {
        deadlineMs: DEADLINE_MS,
        what: 'the target to be free',
      },
    );
    await waitFor(async () => (await issue())?.state === 'healed', {
      deadlineMs: DEADLINE_MS,
      what: 'the issue to heal',
    });

    expect(scripted.mends).toHaveLength(1);
  });
});

describe('people', () => {
  it('are told of each attempt, and once that nothing more is tried', async () => {
    scripted.results = ['not-helped', 'refused', 'not-helped'];

    await report();
    await untilTold(3);

    expect(told()).toMatchObject([
      {
        event: {
          ...{ kind: 'remediation-attempted', type: 'status' },
          message: 'restart_pod: not-helped: did restart_pod; crashed again',
        },
        facts: { deploymentId: 'pod_crash/api', issue: { attempts: [{ action: 'restart_pod' }] } },
      },
      { event: { kind: 'remediation-attempted' } },
      {
        event: {
          ...{ kind: 'remediation-given-up', type: 'failure' },
          message: '3 of 3 attempts made, and it is not mended',
        },
      },
    ]);
  });

  it('are asked, with the exact command in the message, where nothing is done by itself', async () => {
    policy = remediationPolicyOf({ autoRemediate: false });

    await report();
    await untilTold(1);

    expect(told()[0]).toMatchObject({
      event: {
        ...{ kind: 'remediation-proposed', type: 'failure' },
        message: 'restart_pod is proposed for pod_crash/api',
      },
    });
    expect(scripted.mends).toEqual([]);
  });

  it('are told at once what to do by hand, and nothing is mended', async () => {
    const byHand = 'pod db-0 belongs to StatefulSet db; `kubectl delete pod db-0` restarts it';
    scripted.subject = { workload: 'statefulset/db', pod: 'db-0', byHand };

    const answer = await report({ workload: 'db', pod: 'db-0' });
    await untilTold(1);

    expect(answer).toMatchObject({
      status: 'opened',
      issue: { key: 'pod_crash/statefulset/db', state: 'given-up', gaveUp: byHand, attempts: [] },
    });
    expect(told()).toMatchObject([
      { event: { kind: 'remediation-given-up', type: 'failure', message: byHand } },
    ]);
    expect(scripted.mends).toEqual([]);
  });

  function untilTold(count: number): Promise<unknown> {
    const what = `${count} messages`;
    return waitFor(() => told().length >= count, { deadlineMs: DEADLINE_MS, what });
  }

  function told() {
    return deliveries.sent.filter(
      ({ destination, facts }) => destination === 'mail' && facts.application === application,
    );
  }
});

it('totals of a target that was never deployed are given to monitoring systems', async () => {
  scripted.results = ['not-helped', 'helped'];
  policy = remediationPolicyOf({ cooldownMs: 0, systems: ['gateway'] });
  const held = () => states.held.get(`gateway/${application}`)?.issues;

  await report();
  await waitFor(() => Promise.resolve(held()?.totals?.ended.pod_crash !== undefined), {
    deadlineMs: DEADLINE_MS,
    what: () => `the end of the issue; it holds ${JSON.stringify(held())}`,
  });

  expect(held()).toEqual({
    open: { pod_crash: 0 },
    totals: {
      attempts: {
        pod_crash: { restart_pod: { 'not-helped': 1 }, restart_deployment: { helped: 1 } },
      },
      ended: { pod_crash: { healed: 1 } },
    },
  });
});
