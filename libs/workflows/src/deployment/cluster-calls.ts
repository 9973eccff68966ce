import { proxyActivities } from '@temporalio/workflow';
import { clusterQueue } from '@fairlead/contracts';
import type {
  ApplyRequest,
  ApplyResult,
  ClusterActivities,
  ClusterSnapshot,
  ComponentSnapshot,
  DependencyDrift,
  Doom,
  Side,
} from '@fairlead/contracts';
import { changing, COMPARE, OBSERVE, undoing, WATCH } from '../activity-options.ts';
import type { Run } from './run.ts';

/** Reads the components as they are and what forbids the run. */
export function snapshot(run: Run): Promise<ClusterSnapshot> {
  const { plan, deploymentId } = run.input;
  const { clusterSnapshot } = proxyActivities<ClusterActivities>({
    ...OBSERVE,
    taskQueue: clusterQueue(plan.cluster),
    summary: `plan ${plan.components.map(({ name }) => name).join(', ')}`,
  });
  return clusterSnapshot({
    deploymentId,
    namespace: plan.namespace,
    type: plan.type,
    components: plan.components,
    traffic: plan.canary.traffic,
    steps: plan.type === 'canary' ? plan.canary.steps : [],
    allowManaged: plan.allowManaged,
  });
}

type Lists = ApplyRequest['lists'];

export function apply(run: Run, lists: Lists, summary: string): Promise<ApplyResult> {
  const { plan } = run.input;
  return call(run, { lists }, { ...changing(plan.progressDeadlineMs), summary });
}

export function applyUndo(run: Run, lists: Lists, summary: string): Promise<ApplyResult> {
  const { plan } = run.input;
  return call(run, { lists, isWayBack: true }, { ...undoing(plan.progressDeadlineMs), summary });
}

function call(
  run: Run,
  what: Pick<ApplyRequest, 'lists' | 'isWayBack'>,
  options: ReturnType<typeof changing> & { summary: string },
): Promise<ApplyResult> {
  const { plan, deploymentId } = run.input;
  const { clusterApply } = proxyActivities<ClusterActivities>({
    ...options,
    taskQueue: clusterQueue(plan.cluster),
  });
  return clusterApply({
    deploymentId,
    namespace: plan.namespace,
    ...what,
    progressDeadlineMs: plan.progressDeadlineMs,
  });
}

/** Ends only when pods of that side are doomed, or when its scope is cancelled. */
export function watch(
  run: Run,
  components: readonly ComponentSnapshot[],
  side: Side,
): Promise<Doom> {
  const { plan, deploymentId } = run.input;
  const { clusterWatchHealth } = proxyActivities<ClusterActivities>({
    ...WATCH,
    taskQueue: clusterQueue(plan.cluster),
    summary: `watch ${side}`,
  });
  return clusterWatchHealth({ deploymentId, namespace: plan.namespace, components, side });
}

export function compareDependencies(run: Run): Promise<readonly DependencyDrift[]> {
  const { plan } = run.input;
  const { clusterCompareDependencies } = proxyActivities<ClusterActivities>({
    ...COMPARE,
    taskQueue: clusterQueue(plan.cluster),
    summary: 'compare ConfigMaps and Secrets',
  });
  return clusterCompareDependencies({ namespace: plan.namespace, components: run.snapshot });
}
