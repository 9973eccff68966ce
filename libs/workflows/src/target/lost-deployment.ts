import { ChildWorkflowFailure, proxyActivities, TerminatedFailure } from '@temporalio/workflow';
import { CONTROL_QUEUE, redeliveryWorkflowId } from '@fairlead/contracts';
import type {
  ClusterChange,
  Delivery,
  DeploymentEvent,
  DeploymentInput,
  DeploymentRecord,
  DeploymentResult,
  LookupActivities,
  Route,
  SettingsActivities,
} from '@fairlead/contracts';
import { SETTINGS } from '../activity-options.ts';
import { handOver } from '../outbox/outbox.ts';

/** A query to a closed workflow replays it, so it may take a while; without an answer the target goes on. */
const LOOKUP = { startToCloseTimeout: '15s', scheduleToCloseTimeout: '2m' } as const;

/**
 * A deployment that ended without a result could not clean up (terminated, or deleted). Its target does what it
 * cannot do any more: records it as failed, tells people with what was last known, and stays halted.
 */
export async function endOfLost(input: DeploymentInput, error: unknown): Promise<DeploymentResult> {
  const last = await lookup(input.deploymentId);
  const finishedAt = new Date().toISOString();
  const startedAt = last?.startedAt ?? input.requestedAt;
  const left = last?.left ?? input.leftovers;
  const message = `${howItEnded(error)}; ${whatIsLeft(last, left)}`;
  await tell(
    input,
    { ...(last ?? blankRecord(input)), finishedAt, outcome: 'failed', left },
    message,
  );
  return {
    deploymentId: input.deploymentId,
    kind: input.kind,
    outcome: 'failed',
    type: input.plan.type,
    startedAt,
    finishedAt,
    durationSeconds: (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000,
    ...(input.kind === 'rollback' ? { rollback: 'failed' as const } : {}),
    error: message,
    left,
  };
}

async function lookup(deploymentId: string): Promise<DeploymentRecord | undefined> {
  const { lookupRecord } = proxyActivities<LookupActivities>({
    ...LOOKUP,
    taskQueue: CONTROL_QUEUE,
  });
  return lookupRecord({ deploymentId }).catch(() => undefined);
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
  if (!input.plan.features.notifications) return;
  const { settingsSnapshot } = proxyActivities<SettingsActivities>({
    ...SETTINGS,
    taskQueue: CONTROL_QUEUE,
  });
  const { routes } = await settingsSnapshot({ environment: input.plan.environment });
  const event: DeploymentEvent = {
    id: `${input.deploymentId}/lost`,
    type: 'failure',
    kind: 'deployment-failed',
    at: record.finishedAt ?? input.requestedAt,
    message,
  };
  const open = routes
    .filter(({ kinds }) => kinds.includes('deployment-failed'))
    .map((route) => ({
      delivery: deliveryTo(route, event, record, message),
      road: route.road,
    }));
  if (open.length === 0) return;
  const { deploymentId } = input;
  // By the event: the deployment may have been terminated after it had handed its own over.
  await handOver(redeliveryWorkflowId(event.id), { deploymentId, open });
}

function deliveryTo(
  { destination }: Route,
  event: DeploymentEvent,
  record: DeploymentRecord,
  message: string,
): Delivery {
  const { events: _e, deliveries: _d, left: _l, steps: _s, ...facts } = record;
  const error = { type: 'terminated', message };
  return { key: `${event.id}/${destination}`, destination, event, facts: { ...facts, error } };
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
