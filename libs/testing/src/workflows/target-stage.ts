import type { AdmissionAnswer, DeploymentRequest, LedgerView } from '@fairlead/contracts';
import { ledgerQuery, requestRollbackUpdate } from '@fairlead/contracts/messages';
import { waitFor } from '../servers/index.ts';
import { planOf, requestOf, startWorkflowHarness } from './harness.ts';
import type { WorkflowHarness } from './harness.ts';
import { createRecordingDeliveries } from './recording-deliveries.ts';
import { createRecordingStates } from './recording-states.ts';
import { createScriptedCluster } from './scripted-cluster.ts';

/** A canary that asks at 10 %. */
export const APPROVAL = planOf({
  canary: {
    traffic: { router: 'replicas' },
    steps: [{ kind: 'weight', weight: 10 }, { kind: 'approval' }],
  },
});

/** Workflows on a real server with a scripted cluster; each test has a target of its own. */
export function createTargetStage() {
  const cluster = createScriptedCluster();
  const deliveries = createRecordingDeliveries({ mail: 'keyed' });
  const states = createRecordingStates();
  let harness: WorkflowHarness;
  let number = 0;

  /** The deployment's ID in this test. */
  function id(name: string): string {
    return `${name}-${number}`;
  }

  function application(): string {
    return `app-${number}`;
  }

  function request(
    name: string,
    plan: Parameters<typeof requestOf>[1] = {},
  ): ReturnType<typeof requestOf> {
    return requestOf(id(name), { application: application(), ...plan });
  }

  function target() {
    return harness.client.workflow.getHandle(`target/staging/${application()}`);
  }

  function deploymentOf(deploymentId: string) {
    return harness.client.workflow.getHandle(`deployment/${deploymentId}`);
  }

  function ledger(): Promise<LedgerView> {
    return target().query(ledgerQuery);
  }

  return {
    /** Once, before all tests. */
    start: async (): Promise<void> => {
      harness = await startWorkflowHarness({
        ...cluster,
        ...deliveries,
        ...states,
        lookupRecord: ({ deploymentId }) => harness.record(deploymentId),
      });
    },
    stop: () => harness.stop(),
    /** Before each test. */
    renew: (): void => {
      number += 1;
      cluster.made.length = 0;
      deliveries.before = () => Promise.resolve();
      deliveries.progress = undefined;
      states.before = () => Promise.resolve();
      delete cluster.script.beforeApply;
    },
    cluster,
    deliveries,
    states,
    id,
    application,
    request,
    target,
    deploymentOf,
    ledger,
    ask: (asked: DeploymentRequest) => harness.request(asked),
    until: (
      name: string,
      ...rest: Parameters<WorkflowHarness['until']> extends [string, ...infer R] ? R : never
    ) => harness.until(id(name), ...rest),
    recordOf: (name: string) => harness.record(id(name)),
    resultOf: (name: string) => harness.result(id(name)),
    waitForApproval: (name: string) =>
      harness.until(id(name), ({ phase }) => phase === 'awaiting-approval', 'approval'),
    signal: (name: string, command: 'promote' | 'abort') =>
      deploymentOf(id(name)).signal(command, {}),
    terminate: (name: string) => deploymentOf(id(name)).terminate('test'),

    idle: (): Promise<LedgerView> =>
      waitFor(
        async () => {
          const now = await ledger();
          return now.running === undefined && now.queue.length === 0 ? now : undefined;
        },
        { deadlineMs: 60_000, what: 'the target to be idle' },
      ),

    rollback: (name: string, to?: string): Promise<AdmissionAnswer> => {
      const asked = {
        requestId: id(name),
        plan: planOf({ application: application() }),
        actor: 'ann',
        ...(to === undefined ? {} : { to: id(to) }),
      };
      return target().executeUpdate(requestRollbackUpdate, { args: [asked] });
    },
  };
}
