import { ChildWorkflowFailure, proxyActivities, TerminatedFailure } from '@temporalio/workflow';
import { CONTROL_QUEUE, redeliveryWorkflowId } from '@fairlead/contracts';
import type {
  ClusterChange,
  Delivery,
  DeploymentEvent,
  DeploymentInput,
  DeploymentRecord,
  DeploymentResult,
  Route,
  SettingsActivities,
} from '@fairlead/contracts';
import { SETTINGS } from '../activity-options.ts';
import { resultOf, rollbackOf } from '../deployment/result.ts';
import { isToldBy, openDelivery } from '../outbox/open-delivery.ts';
import { wantedOf } from '../outbox/wanted.ts';
import { handOver } from '../outbox/outbox.ts';
import { sourceOf } from '../foreign/source-of.ts';
import { lookup } from './lookup.ts';

/** How a deployment ended that gave no result. */
export interface LostEnd {
  readonly result: DeploymentResult;
  /** It could not clean up, so its target is halted whatever is known of it. */
  readonly terminated: boolean;
}

/**
 * A deployment that ended without a result could not clean up (terminated, or deleted). Its target does what it
 * cannot do any more: records it as failed, tells people with what was last known, and stays halted. One that had
 * said its closing word already, and was only waiting for messages, ended as it said.
 */
export async function endOfLost(input: DeploymentInput, error: unknown): Promise<LostEnd> {
  const last = await lookup(input.deploymentId);
  if (last?.outcome !== undefined) return { result: resultOf(input, last), terminated: false };
  return { result: await failed(input, last, error), terminated: true };
}

async function failed(
  input: DeploymentInput,
  last: DeploymentRecord | undefined,
  error: unknown,
): Promise<DeploymentResult> {
  const finishedAt = new Date().toISOString();
  const startedAt = last?.startedAt ?? input.requestedAt;
  const left = last?.left ?? input.leftovers;
  const message = `${howItEnded(error)}; ${whatIsLeft(last, left)}`;
  const record: DeploymentRecord = {
    ...(last ?? blankRecord(input)),
    outcome: 'failed',
    finishedAt,
    durationSeconds: (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000,
    error: { type: 'terminated', message },
    left,
  };
  await tell(input, record, message);
  return { ...resultOf(input, record), error: message };
}

function howItEnded(error: unknown): string {
  const cause = error instanceof ChildWorkflowFailure ? error.cause : error;
  if (cause instanceof TerminatedFailure) {
    return 'the deployment was terminated and could not clean up';
  }
  return `the deployment ended without a result (${cause instanceof Error ? cause.message : String(cause)})`;
}

function whatIsLeft(last: DeploymentRecord | undefined, left: readonly ClusterChange[]): string {
  if (last === undefined) return 'nothing is known of what it left';
  if (left.length === 0) return `it was ${last.phase} and had changed nothing`;
  const weight = last.type === 'canary' ? `, canary weight ${last.weight} %` : '';
  const images = last.components.map(({ name, image }) => `${name}: ${image}`).join(', ');
  const open = left.map((change) => `${change.kind} of ${change.component.workload}`).join(', ');
  return `it was ${last.phase}${weight} (${images}); not put back: ${open}. Run \`fairlead rollback\``;
}

/** One closing word for the run, to everyone whom its route names. */
async function tell(
  input: DeploymentInput,
  record: DeploymentRecord,
  message: string,
): Promise<void> {
  const { features } = input.plan;
  if (!features.notifications && !features.monitoring) return;
  const { settingsSnapshot } = proxyActivities<SettingsActivities>({
    ...SETTINGS,
    taskQueue: CONTROL_QUEUE,
  });
  const settings = wantedOf(
    await settingsSnapshot({ environment: input.plan.environment }),
    features,
  );
  const event: DeploymentEvent = {
    id: `${input.deploymentId}/lost`,
    type: 'failure',
    kind: 'deployment-failed',
    at: record.finishedAt ?? input.requestedAt,
    message,
    ...(rollbackOf(record) === 'failed' ? { mark: 'rollback-failed' as const } : {}),
  };
  const open = settings.routes
    .filter((route) => isToldBy(route, event))
    .map((route) => openDelivery(route, deliveryTo(route, event, record), settings));
  if (open.length === 0) return;
  const { deploymentId } = input;
  // By the event: the deployment may have been terminated after it had handed its own over.
  await handOver(redeliveryWorkflowId(event.id), { deploymentId, open });
}

function deliveryTo(
  { destination }: Route,
  event: DeploymentEvent,
  record: DeploymentRecord,
): Delivery {
  const { events: _e, deliveries: _d, left: _l, steps: _s, ...facts } = record;
  return { key: `${event.id}/${destination}`, destination, event, facts };
}

function blankRecord({
  deploymentId,
  plan,
  kind,
  actor,
  requestedAt,
}: DeploymentInput): DeploymentRecord {
  return {
    deploymentId,
    environment: plan.environment,
    application: plan.application,
    namespace: plan.namespace,
    cluster: plan.cluster,
    type: plan.type,
    ...sourceOf(plan),
    kind,
    phase: 'planned',
    step: 0,
    steps: [],
    weight: 0,
    components: plan.components.map(({ name, image }) => ({
      name,
      image,
      phase: 'failed' as const,
    })),
    actor,
    startedAt: requestedAt,
    warnings: [],
    left: [],
    drift: [],
    events: [],
    deliveries: [],
  };
}
