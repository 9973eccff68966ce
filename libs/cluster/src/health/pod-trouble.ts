import type { DoomReason } from '@fairlead/contracts';
import type { ContainerStatus, PodView, Termination } from '../objects.ts';

/** Why a pod will not come up, or broke. */
export interface Trouble {
  readonly reason: DoomReason;
  readonly message: string;
  /** RFC 3339: when the pod's own status says that it began. */
  readonly since: string;
  readonly pod: string;
  readonly container?: string;
}

/** How often each container had been restarted when the pod was last seen ready. */
export type RestartsWhenReady = Readonly<Record<string, number>>;

/**
 * kubelet's words for what does not mend by itself. `ErrImagePull` is not among them: the first failure may be a
 * registry's hiccup; `ImagePullBackOff`, its second word, is.
 */
const FATAL_WAITING: Readonly<Record<string, DoomReason>> = {
  CrashLoopBackOff: 'CrashLoopBackOff',
  ImagePullBackOff: 'ImagePull',
  InvalidImageName: 'ImagePull',
  ErrImageNeverPull: 'ImagePull',
  CreateContainerConfigError: 'ConfigError',
  CreateContainerError: 'ConfigError',
};

/** One restart may be an accident of the start; the second of a kind is a loop, whatever kubelet waits for. */
const LOOP_RESTARTS = 2;

/**
 * The scheduler's words for what no new node can mend. All else (too little CPU, taints, affinity) an autoscaler may
 * mend within minutes, so it is doomed only by the deadline of the wait.
 */
const NEVER_SCHEDULED = /persistentvolumeclaim "[^"]*" not found/;

/** Whether this pod is doomed. `readyBefore`: absent if the pod was never seen ready. */
export function podTrouble(pod: PodView, readyBefore?: RestartsWhenReady): Trouble | undefined {
  if (pod.deleting || pod.disrupted) return undefined;
  const never = pod.unschedulable;
  if (never !== undefined && NEVER_SCHEDULED.test(never.message)) {
    return {
      reason: 'Unschedulable',
      message: `${pod.name}: Unschedulable: ${never.message}`,
      since: never.since,
      pod: pod.name,
    };
  }
  for (const container of pod.containers) {
    const found = containerTrouble(container, readyBefore);
    if (found === undefined) continue;
    return {
      reason: found.reason,
      message: `${pod.name}, ${container.init ? 'init container' : 'container'} ${container.name}: ${found.words}`,
      since: pod.readyChangedAt ?? found.ended?.finishedAt ?? pod.createdAt,
      pod: pod.name,
      container: container.name,
    };
  }
  return undefined;
}

interface Found {
  readonly reason: DoomReason;
  readonly words: string;
  readonly ended?: Termination;
}

function containerTrouble(
  container: ContainerStatus,
  readyBefore: RestartsWhenReady | undefined,
): Found | undefined {
  const { waiting, init, restarts } = container;
  const ended = failed(container.terminated) ?? failed(container.lastTerminated);
  const because = ended === undefined ? {} : { ended };
  const fatal = waiting === undefined ? undefined : FATAL_WAITING[waiting.reason];
  if (waiting !== undefined && fatal !== undefined) {
    const outOfMemory = fatal === 'CrashLoopBackOff' && ended?.reason === 'OOMKilled';
    return {
      reason: outOfMemory ? 'OutOfMemory' : fatal,
      words: [quote(waiting), ...(ended === undefined ? [] : [lastEnd(ended)])].join('; '),
      ...because,
    };
  }
  if (ended === undefined) return undefined;
  if (ended.reason === 'OOMKilled' && restarts >= LOOP_RESTARTS) {
    return { reason: 'OutOfMemory', words: `${lastEnd(ended)}, ${restarts} restarts`, ended };
  }
  if (init && restarts >= LOOP_RESTARTS) {
    return { reason: 'ContainerFailed', words: `${lastEnd(ended)}, ${restarts} restarts`, ended };
  }
  const crashedAfterReady =
    !init &&
    readyBefore !== undefined &&
    (failed(container.terminated) !== undefined || restarts > (readyBefore[container.name] ?? 0));
  return crashedAfterReady
    ? {
        reason: ended.reason === 'OOMKilled' ? 'OutOfMemory' : 'ContainerFailed',
        words: `was ready, then crashed: ${lastEnd(ended)}`,
        ended,
      }
    : undefined;
}

function failed(end: Termination | undefined): Termination | undefined {
  return end !== undefined && end.exitCode !== 0 ? end : undefined;
}

function lastEnd({ reason, exitCode }: Termination): string {
  return `${reason === '' ? 'ended' : reason} with exit code ${exitCode}`;
}

function quote({ reason, message }: { readonly reason: string; readonly message: string }): string {
  return message === '' ? reason : `${reason}: ${message}`;
}

/** What a pod is waiting for, in Kubernetes' own words; `undefined` when it is ready. */
export function podWaitsFor(pod: PodView): string | undefined {
  if (pod.ready || pod.deleting) return undefined;
  if (pod.unschedulable !== undefined) {
    return `${pod.name}: Unschedulable: ${pod.unschedulable.message}`;
  }
  const waiting = pod.containers.find((container) => container.waiting !== undefined);
  if (waiting?.waiting !== undefined) return `${pod.name}: ${quote(waiting.waiting)}`;
  return pod.phase === 'Running' ? `${pod.name}: running, not ready` : `${pod.name}: ${pod.phase}`;
}
