import { fileURLToPath } from 'node:url';
import { Client, Connection, WithStartWorkflowOperation } from '@temporalio/client';
import {
  bundleWorkflowCode,
  DefaultLogger,
  NativeConnection,
  Runtime,
  Worker,
} from '@temporalio/worker';
import type { WorkflowBundleOption } from '@temporalio/worker';
import {
  CONTROL_QUEUE,
  clusterQueue,
  deliveryQueue,
  deploymentWorkflowId,
  SEARCH_ATTRIBUTES,
  targetWorkflowId,
} from '@fairlead/contracts';
import type {
  AdmissionAnswer,
  ClusterActivities,
  ConfirmationActivities,
  DeliveryActivities,
  DeploymentPlan,
  DeploymentRecord,
  DeploymentRequest,
  DeploymentResult,
  DigestActivities,
  IssueAnswer,
  IssueReport,
  LookupActivities,
  SettingsActivities,
  ProvisionActivities,
  StateActivities,
  RemediationActivities,
  TargetLookup,
  TurnActivities,
} from '@fairlead/contracts';
import {
  recordQuery,
  reportIssueUpdate,
  requestDeploymentUpdate,
} from '@fairlead/contracts/messages';
import {
  createDigestActivities,
  createForeignActivities,
  createTargetLookup,
  createTurnActivities,
} from '@fairlead/temporal/activities';
import { joinTemporal } from '../servers/index.ts';
import type { SharedTemporal } from '../servers/index.ts';
import { waitFor } from '../servers/wait-for.ts';

/** Everything that workflows ask of the world. */
export type Activities = ClusterActivities &
  DeliveryActivities &
  Pick<SettingsActivities, 'settingsSnapshot'> &
  LookupActivities &
  Partial<
    StateActivities &
      ProvisionActivities &
      ConfirmationActivities &
      DigestActivities &
      SettingsActivities &
      TurnActivities &
      RemediationActivities
  >;

export interface HarnessOptions {
  /** Default `default`. */
  readonly cluster?: string;
  readonly pacedDestinations?: readonly string[];
  /** Of paced destinations: deliveries a second; the others have no limit. */
  readonly rates?: Readonly<Record<string, number>>;
}

export interface WorkflowHarness {
  readonly client: Client;
  readonly server: SharedTemporal;
  /** As workflows have it. */
  readonly digests: DigestActivities;
  /** As deliveries have it. */
  readonly targets: TargetLookup;
  request(request: DeploymentRequest): Promise<AdmissionAnswer>;
  record(deploymentId: string): Promise<DeploymentRecord>;
  /** Waits for the end of the deployment's workflow. */
  result(deploymentId: string): Promise<DeploymentResult>;
  /** Waits until the record fulfils the condition. */
  until(
    deploymentId: string,
    condition: (record: DeploymentRecord) => boolean,
    what: string,
  ): Promise<DeploymentRecord>;
  stop(): Promise<void>;
}

const WORKFLOWS = fileURLToPath(new URL('../../../workflows/src/index.ts', import.meta.url));

/** The bundle that `npm test` made for all its suites, or else a new one. */
export async function bundleWorkflows(): Promise<WorkflowBundleOption> {
  const made = process.env['FAIRLEAD_WORKFLOW_BUNDLE'];
  return made
    ? { codePath: made }
    : await bundleWorkflowCode({ workflowsPath: WORKFLOWS, logger: quiet });
}

/** Workers tell of every change of state; a test wants to hear of errors alone. */
const quiet = new DefaultLogger('ERROR');

export function installQuietRuntime(): void {
  Runtime.install({
    logger: quiet,
    telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
  });
}

/** The real development server, real workflows, and the activities that a test brings. */
export async function startWorkflowHarness(
  activities: Activities,
  options: HarnessOptions = {},
): Promise<WorkflowHarness> {
  installQuietRuntime();
  const server = await joinTemporal(Object.values(SEARCH_ATTRIBUTES));
  const { namespace } = server;
  const [connection, native, workflowBundle] = await Promise.all([
    Connection.connect({ address: server.address }),
    NativeConnection.connect({ address: server.address }),
    bundleWorkflows(),
  ]);
  const client = new Client({ connection, namespace });
  const at = { connection, namespace };
  const digests = createDigestActivities(at);
  const all = {
    ...digests,
    ...createTurnActivities(at),
    ...createForeignActivities(at),
    ...activities,
  };
  const queues = [
    { taskQueue: clusterQueue(options.cluster ?? 'default') },
    ...(options.pacedDestinations ?? []).map((name) => ({
      taskQueue: deliveryQueue(name),
      ...(options.rates?.[name] === undefined
        ? {}
        : { maxTaskQueueActivitiesPerSecond: options.rates[name] }),
    })),
  ];
  const workers = await Promise.all([
    Worker.create({
      connection: native,
      namespace,
      taskQueue: CONTROL_QUEUE,
      workflowBundle,
      activities: all,
    }),
    ...queues.map((queue) =>
      Worker.create({
        connection: native,
        namespace,
        ...queue,
        activities: all,
        maxHeartbeatThrottleInterval: 100,
        maxConcurrentActivityTaskExecutions: 500,
      }),
    ),
  ]);
  const running = workers.map((worker) => worker.run());

  function record(deploymentId: string): Promise<DeploymentRecord> {
    return client.workflow.getHandle(deploymentWorkflowId(deploymentId)).query(recordQuery);
  }

  return {
    client,
    server,
    digests,
    targets: createTargetLookup(at),
    record,
    request: (request) => requestDeployment(client, request),
    result: (deploymentId) =>
      client.workflow.getHandle(deploymentWorkflowId(deploymentId)).result(),
    async until(deploymentId, condition, what) {
      let last: DeploymentRecord | undefined;
      await waitFor(
        async () => {
          last = await record(deploymentId).catch(() => undefined);
          return last !== undefined && condition(last);
        },
        { deadlineMs: 60_000, what },
      );
      return last!;
    },
    async stop() {
      for (const worker of workers) worker.shutdown();
      await Promise.all(running);
      await native.close();
      await connection.close();
      await server.stop();
    },
  };
}

/** What the command line does: one round trip that starts the target if it is not there. */
export function requestDeployment(
  client: Client,
  request: DeploymentRequest,
): Promise<AdmissionAnswer> {
  const { environment, application } = request.plan;
  return client.workflow.executeUpdateWithStart(requestDeploymentUpdate, {
    updateId: request.requestId,
    args: [request],
    startWorkflowOperation: new WithStartWorkflowOperation('target', {
      workflowId: targetWorkflowId(environment, application),
      taskQueue: CONTROL_QUEUE,
      args: [{ environment, application }],
      workflowIdConflictPolicy: 'USE_EXISTING',
    }),
  });
}

/** What watchers and people do: it starts the target too, where there was no deployment yet. */
export function reportIssue(client: Client, report: IssueReport): Promise<IssueAnswer> {
  const { environment, application } = report;
  return client.workflow.executeUpdateWithStart(reportIssueUpdate, {
    args: [report],
    startWorkflowOperation: new WithStartWorkflowOperation('target', {
      workflowId: targetWorkflowId(environment, application),
      taskQueue: CONTROL_QUEUE,
      args: [{ environment, application }],
      workflowIdConflictPolicy: 'USE_EXISTING',
    }),
  });
}

/** A plan with defaults that end quickly. */
export function planOf(plan: Partial<DeploymentPlan> = {}): DeploymentPlan {
  return {
    environment: 'staging',
    application: 'shop',
    cluster: 'default',
    namespace: 'shop-staging',
    type: 'canary',
    components: [{ name: 'api', workload: 'api', image: 'registry.example.com/api:2', after: [] }],
    canary: {
      traffic: { router: 'replicas' },
      steps: [
        { kind: 'weight', weight: 10 },
        { kind: 'weight', weight: 50 },
      ],
    },
    progressDeadlineMs: 20_000,
    bakeMs: 0,
    expectedDurationMs: 60_000,
    onBusy: 'refuse',
    allowManaged: false,
    severity: 'critical',
    features: { monitoring: true, notifications: true, remediation: true },
    ...plan,
  };
}

export function requestOf(
  requestId: string,
  plan: Partial<DeploymentPlan> = {},
): DeploymentRequest {
  return { requestId, plan: planOf(plan), actor: 'ann', force: false };
}
