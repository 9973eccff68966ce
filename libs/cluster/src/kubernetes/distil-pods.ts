import { digest } from '../digest.ts';
import type { ContainerStatus, Labels, PodView, ReplicaSetView, Termination } from '../objects.ts';
import { controllerOf } from './controller.ts';
import { omit } from './omit.ts';
import type {
  RawCondition,
  RawContainerStatus,
  RawEndpointSlice,
  RawPod,
  RawReplicaSet,
} from './raw.ts';

export interface ReplicaSetRecord {
  readonly uid: string;
  readonly owner: string | undefined;
  /** Of its template without the label that tells ReplicaSets apart: equals the Kubernetes Deployment's. */
  readonly templateDigest: string;
  readonly view: ReplicaSetView;
}

export interface PodRecord {
  readonly owner: string | undefined;
  readonly labels: Labels;
  readonly view: PodView;
}

export interface EndpointsRecord {
  readonly service: string | undefined;
  readonly ready: number;
}

const TEMPLATE_HASH = 'pod-template-hash';

export function toReplicaSet({ metadata, spec, status }: RawReplicaSet): ReplicaSetRecord {
  const labels = omit(spec.template.metadata?.labels ?? {}, TEMPLATE_HASH);
  const template = { ...spec.template, metadata: { ...spec.template.metadata, labels } };
  const failure = find(status?.conditions, 'ReplicaFailure');
  return {
    uid: metadata.uid,
    owner: controllerOf(metadata)?.uid,
    templateDigest: digest(template),
    view: {
      name: metadata.name,
      availableReplicas: status?.availableReplicas ?? 0,
      ...(failure?.status === 'True'
        ? {
            failure: {
              reason: failure.reason ?? 'ReplicaFailure',
              message: failure.message ?? '',
              since: failure.lastTransitionTime ?? metadata.creationTimestamp,
            },
          }
        : {}),
    },
  };
}

/** Words of kubelet and node controllers for a pod that ended with its node or its place there. */
const DISRUPTIONS = ['Evicted', 'NodeLost', 'NodeShutdown', 'Shutdown', 'Terminated', 'Preempting'];

export function toPod({ metadata, status = {} }: RawPod): PodRecord {
  const ready = find(status.conditions, 'Ready');
  const scheduled = find(status.conditions, 'PodScheduled');
  const disrupted =
    find(status.conditions, 'DisruptionTarget')?.status === 'True' ||
    DISRUPTIONS.includes(status.reason ?? '');
  return {
    owner: controllerOf(metadata)?.uid,
    labels: metadata.labels ?? {},
    view: {
      name: metadata.name,
      uid: metadata.uid,
      createdAt: metadata.creationTimestamp,
      deleting: metadata.deletionTimestamp !== undefined,
      disrupted,
      ready: ready?.status === 'True',
      phase: status.phase ?? 'Pending',
      ...(ready?.lastTransitionTime === undefined
        ? {}
        : { readyChangedAt: ready.lastTransitionTime }),
      ...(scheduled?.status === 'False' && scheduled.reason === 'Unschedulable'
        ? {
            unschedulable: {
              message: scheduled.message ?? '',
              since: scheduled.lastTransitionTime ?? metadata.creationTimestamp,
            },
          }
        : {}),
      containers: [
        ...(status.initContainerStatuses ?? []).map((one) => toContainer(one, true)),
        ...(status.containerStatuses ?? []).map((one) => toContainer(one, false)),
      ],
    },
  };
}

function toContainer(
  { name, restartCount, state, lastState }: RawContainerStatus,
  init: boolean,
): ContainerStatus {
  const { waiting, terminated } = state ?? {};
  const last = lastState?.terminated;
  return {
    name,
    init,
    restarts: restartCount,
    ...(waiting === undefined
      ? {}
      : { waiting: { reason: waiting.reason ?? '', message: waiting.message ?? '' } }),
    ...(terminated === undefined ? {} : { terminated: toTermination(terminated) }),
    ...(last === undefined ? {} : { lastTerminated: toTermination(last) }),
  };
}

function toTermination({
  exitCode,
  reason = '',
  finishedAt,
}: Partial<Termination> & { readonly exitCode: number }): Termination {
  return { exitCode, reason, ...(finishedAt === undefined ? {} : { finishedAt }) };
}

export function toEndpoints({ metadata, endpoints }: RawEndpointSlice): EndpointsRecord {
  return {
    service: metadata.labels?.['kubernetes.io/service-name'],
    // Absent means unknown, which the API asks to be read as ready.
    ready: (endpoints ?? []).filter(({ conditions }) => conditions?.ready !== false).length,
  };
}

function find(conditions: readonly RawCondition[] = [], type: string): RawCondition | undefined {
  return conditions.find((one) => one.type === type);
}
