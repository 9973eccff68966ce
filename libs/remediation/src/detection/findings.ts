import type { ContainerStatus, PodView, WorkloadView } from '@fairlead/cluster/decisions';
import type { IssueKind } from '@fairlead/contracts';
import { wasKilledLately } from '../killed-lately.ts';
import { strained } from '../at-limit.ts';
import type { Streaks } from '../at-limit.ts';

/** What is wrong with a workload, worth an issue. */
export interface Finding {
  readonly kind: IssueKind;
  readonly pod?: string;
  /** In Kubernetes' own words. */
  readonly reason: string;
}

export interface Findings {
  readonly findings: readonly Finding[];
  /** Time alone may bring another one, at this moment (epoch milliseconds). */
  readonly againAtMs?: number;
}

/** Restarts after which a crash is a loop. */
const CRASH_RESTARTS = 3;
/** A node may take that long to come, and an image that long to be pulled. */
const PENDING_MS = 2 * 60_000;
/** Kubernetes calls a Kubernetes Deployment unavailable the moment that a pod is lost. */
const UNAVAILABLE_MS = 2 * 60_000;

/** At most one finding of a kind: the first pod stands for all. Pure. */
export function findingsIn(
  { workload, pods }: WorkloadView,
  nowMs: number,
  streaks: Streaks = new Map(),
): Findings {
  if (workload.paused || workload.replicas === 0) return { findings: [] };
  const { unavailable, stuck } = workload.status;
  const judged: Judged[] = [
    ...pods.filter(isJudged).flatMap((pod) => judgePod(pod, nowMs)),
    ...strained(streaks)
      .filter(({ pod }) => pods.some((one) => one.name === pod && isJudged(one)))
      .map(({ words, pod }) => found('resource_constraint', words, pod)),
    ...(stuck === undefined
      ? []
      : [found('deployment_stuck', `${stuck.reason}: ${stuck.message}`)]),
    ...(unavailable === undefined
      ? []
      : [
          later(
            Date.parse(unavailable.since) + UNAVAILABLE_MS,
            nowMs,
            found('deployment_unavailable', `${unavailable.reason}: ${unavailable.message}`),
          ),
        ]),
  ];
  const byKind = new Map<IssueKind, Finding>();
  for (const one of judged) {
    if ('kind' in one && !byKind.has(one.kind)) byKind.set(one.kind, one);
  }
  const again = judged.flatMap((one) => ('againAtMs' in one ? [one.againAtMs] : []));
  return {
    findings: [...byKind.values()],
    ...(again.length === 0 ? {} : { againAtMs: Math.min(...again) }),
  };
}

type Judged = Finding | { readonly againAtMs: number };

function isJudged({ deleting, disrupted }: PodView): boolean {
  return !deleting && !disrupted;
}

function judgePod(pod: PodView, nowMs: number): Judged[] {
  const judged: Judged[] = pod.containers.flatMap((container) =>
    judgeContainer(pod, container, nowMs),
  );
  if (pod.phase !== 'Pending') return judged;
  const words = pod.unschedulable?.message ?? waitingWords(pod) ?? 'it has not started';
  const pending = found('pod_pending', `${pod.name}: ${words}`, pod.name);
  return [...judged, later(Date.parse(pod.createdAt) + PENDING_MS, nowMs, pending)];
}

function judgeContainer(pod: PodView, container: ContainerStatus, nowMs: number): Finding[] {
  const { name, restarts, waiting } = container;
  const place = `${pod.name}, container ${name}`;
  if (restarts >= CRASH_RESTARTS && wasKilledLately(container, nowMs)) {
    return [found('resource_constraint', `${place}: OOMKilled, ${restarts} restarts`, pod.name)];
  }
  if (waiting?.reason !== 'CrashLoopBackOff' || restarts < CRASH_RESTARTS) return [];
  return [found('pod_crash', `${place}: CrashLoopBackOff, ${restarts} restarts`, pod.name)];
}

function waitingWords({ containers }: PodView): string | undefined {
  const waiting = containers.find((container) => container.waiting !== undefined)?.waiting;
  return waiting === undefined ? undefined : `${waiting.reason}: ${waiting.message}`;
}

function found(kind: IssueKind, reason: string, pod?: string): Finding {
  return { kind, reason, ...(pod === undefined ? {} : { pod }) };
}

function later(atMs: number, nowMs: number, finding: Finding): Judged {
  return nowMs >= atMs ? finding : { againAtMs: atMs };
}
