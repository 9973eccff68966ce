import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { WorkflowNotFoundError } from '@temporalio/client';
import { requestRollbackUpdate } from '@fairlead/contracts/messages';
import type { DeploymentResult, LedgerView } from '@fairlead/contracts';
import { OLD_IMAGE, ROUTE, startClusterStage } from '@fairlead/testing/e2e';
import type { ClusterStage, SeededTarget } from '@fairlead/testing/e2e';
import { waitFor } from '@fairlead/testing/servers';

const ROUTERS = ['replicas', 'gateway-api'] as const;
type Router = (typeof ROUTERS)[number];

const IMAGES = [2, 3].map((version) => `registry.test/api:${version}`) as [string, string];

let stage: ClusterStage;
let target: SeededTarget;
let before: string;

beforeAll(async () => {
  stage = await startClusterStage();
  await stage.startWorker();
});

afterAll(() => stage.stop());

beforeEach(async () => {
  target = await stage.seedTarget();
  before = await stateOf();
});

interface Spec {
  readonly spec: object;
}

async function stateOf(): Promise<string> {
  const { fixtures } = stage;
  const { spec } = await fixtures.get<Spec>('deployments', target.namespace, 'api');
  const route = await fixtures.get<Spec>('httproutes', target.namespace, ROUTE);
  return JSON.stringify([spec, route.spec]);
}

async function objects(): Promise<string[]> {
  const names = await stage.cluster.kubectl([
    ...['get', 'deployments,services', '-n', target.namespace, '-o', 'name'],
  ]);
  return names.trim().split('\n');
}

function deployment(deploymentId: string) {
  return stage.client.workflow.getHandle(`deployment/${deploymentId}`);
}

function ledger(): Promise<LedgerView> {
  return stage.ledger('staging', target.application);
}

async function settled(): Promise<LedgerView> {
  return waitFor(
    async () => {
      const view = await ledger();
      return view.running === undefined ? view : undefined;
    },
    { deadlineMs: 60_000, what: 'the target to be idle' },
  );
}

/** What `fairlead rollback` asks. */
async function rollBack(requestId: string): Promise<DeploymentResult> {
  const { plan, actor } = target.request(requestId);
  await stage.client.workflow
    .getHandle(`target/staging/${target.application}`)
    .executeUpdate(requestRollbackUpdate, { args: [{ requestId, plan, actor }] });
  return stage.result(requestId);
}

/** Deletes it as Temporal's retention does, and waits until it is gone. */
async function forgetClosed(deploymentId: string): Promise<void> {
  await stage.client.workflowService.deleteWorkflowExecution({
    namespace: stage.client.options.namespace,
    workflowExecution: { workflowId: `deployment/${deploymentId}` },
  });
  const isGone = () =>
    deployment(deploymentId)
      .describe()
      .then(
        () => false,
        (error: unknown) => error instanceof WorkflowNotFoundError,
      );
  await waitFor(isGone, { deadlineMs: 60_000, what: `${deploymentId} to be gone` });
}

function canaryOf(router: Router) {
  const traffic =
    router === 'replicas' ? ({ router } as const) : ({ router, route: ROUTE } as const);
  return { traffic, steps: [{ kind: 'weight', weight: 50 }, { kind: 'approval' }] } as const;
}

describe.each(ROUTERS)('a deployment terminated in mid-canary, by router %s', (router) => {
  it('is told of by its target, blocks the next one, and is put back by a rollback', async () => {
    const id = `terminated-${router}`;
    await stage.request(target.request(id, { plan: { canary: canaryOf(router) } }));
    await stage.until(id, ({ phase }) => phase === 'awaiting-approval', 'the middle of the canary');

    await deployment(id).terminate('by hand');

    const halted = await settled();
    expect(halted.halt).toMatchObject({ deploymentId: id, kind: 'deploy' });
    expect(halted.halt?.message).toMatch(
      /^the deployment was terminated and could not clean up; it was awaiting-approval, canary weight 50 % \(api: registry\.test\/api:2\); not put back: .*remove-canary of api.* Run `fairlead rollback`$/,
    );
    expect(halted.halt?.left.map(({ kind }) => kind)).toContain('remove-canary');
    expect(halted.totals.deployments).toMatchObject({ canary: { failed: { count: 1 } } });
    const told = await waitFor(
      () => stage.messages(id).find(({ kind }) => kind === 'deployment-failed'),
      { deadlineMs: 60_000, what: 'the closing message' },
    );
    expect(told.key).toBe(`${id}/lost/log`);
    expect(told.text).toContain('could not clean up');
    expect(await objects()).toContain('deployment.apps/api-canary');

    await expect(stage.request(target.request(`refused-${router}`))).rejects.toMatchObject({
      cause: { type: 'halted', details: [{ deploymentId: id }] },
    });

    expect(await rollBack(`back-${router}`)).toMatchObject({ outcome: 'succeeded', left: [] });
    expect(await stateOf()).toBe(before);
    expect(await objects()).toEqual(['deployment.apps/api', 'service/api']);
    expect((await settled()).halt).toBeUndefined();
  });
});

describe('a target whose closed deployments were deleted from Temporal', () => {
  it('still knows the way back', async () => {
    for (const [index, image] of IMAGES.entries()) {
      await stage.request(target.request(`deleted-${index}`, { image }));
      await stage.result(`deleted-${index}`);
      await settled();
    }
    await Promise.all(IMAGES.map((_image, index) => forgetClosed(`deleted-${index}`)));

    const result = await rollBack('back-after-deletion');

    expect(result).toMatchObject({ kind: 'rollback', outcome: 'succeeded' });
    expect(await stateOf()).toBe(before.replace(OLD_IMAGE, IMAGES[0]));
    expect((await settled()).present?.components).toMatchObject([{ image: IMAGES[0] }]);
  });
});
