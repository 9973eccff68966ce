import { includesLabels } from '../labels.ts';
import type { Labels, Ref, Workload, WorkloadView } from '../objects.ts';
import type { Listener, Watching } from '../port.ts';
import { DEPLOYMENTS, ENDPOINT_SLICES, PODS, REPLICA_SETS } from './api.ts';
import { toEndpoints, toPod, toReplicaSet } from './distil-pods.ts';
import type { PodRecord, ReplicaSetRecord } from './distil-pods.ts';
import { toWorkload } from './distil.ts';
import type { Feeds, Lease } from './feeds.ts';

export function observeWorkload(
  feeds: Feeds,
  { namespace, name }: Ref,
  listener: Listener<WorkloadView | undefined>,
): Watching {
  const workloads = feeds.lease(DEPLOYMENTS, namespace, toWorkload);
  const replicaSets = feeds.lease(REPLICA_SETS, namespace, toReplicaSet);
  const pods = feeds.lease(PODS, namespace, toPod);
  return observe(
    [workloads, replicaSets, pods],
    () => {
      const workload = workloads.feed.items.get(name);
      const own = [...replicaSets.feed.items.values()].filter(
        ({ owner }) => owner === workload?.uid,
      );
      return workload === undefined
        ? { value: undefined, parts: [] }
        : join(workload, own, pods.feed.items.values());
    },
    listener,
  );
}

/** The new ReplicaSet is the one whose template is the Kubernetes Deployment's, as its controller finds it. */
function join(
  workload: Workload,
  replicaSets: readonly ReplicaSetRecord[],
  all: Iterable<PodRecord>,
): Joined<WorkloadView | undefined> {
  const current = replicaSets.find((one) => one.templateDigest === workload.templateDigest);
  const owners = new Set(replicaSets.map(({ uid }) => uid));
  const mine = [...all].filter(({ owner }) => owner !== undefined && owners.has(owner));
  const fresh = mine.filter(({ owner }) => owner === current?.uid).map(({ view }) => view);
  return {
    value: {
      workload,
      ...(current === undefined ? {} : { newReplicaSet: current.view }),
      pods: fresh,
      otherPods: mine.length - fresh.length,
    },
    parts: [workload, current, ...mine],
  };
}

export function observeEndpoints(
  feeds: Feeds,
  { namespace, name }: Ref,
  listener: Listener<number>,
): Watching {
  const slices = feeds.lease(ENDPOINT_SLICES, namespace, toEndpoints);
  return observe(
    [slices],
    () => {
      const value = [...slices.feed.items.values()]
        .filter(({ service }) => service === name)
        .reduce((sum, { ready }) => sum + ready, 0);
      return { value, parts: [value] };
    },
    listener,
  );
}

export function observePods(
  feeds: Feeds,
  { namespace, labels }: { readonly namespace: string; readonly labels: Labels },
  listener: Listener<number>,
): Watching {
  const pods = feeds.lease(PODS, namespace, toPod);
  return observe(
    [pods],
    () => {
      const value = [...pods.feed.items.values()].filter((pod) =>
        includesLabels(pod.labels, labels),
      ).length;
      return { value, parts: [value] };
    },
    listener,
  );
}

interface Joined<T> {
  readonly value: T;
  /** By identity: the view has changed if one of them has. */
  readonly parts: readonly unknown[];
}

function observe<T>(
  leases: readonly Lease<unknown>[],
  look: () => Joined<T>,
  listener: Listener<T>,
): Watching {
  let last: readonly unknown[] | undefined;
  let closed = false;

  function tell(): void {
    if (closed) return;
    const why = leases.map(({ feed }) => feed.blind).find((one) => one !== undefined);
    const { value, parts } = why === undefined ? look() : { value: undefined, parts: [why] };
    if (last !== undefined && isSame(last, [why, ...parts])) return;
    last = [why, ...parts];
    listener(why === undefined ? { fresh: true, value: value as T } : { fresh: false, why });
  }

  const forget = leases.map(({ feed }) => feed.onChange(tell));
  setImmediate(tell);
  return {
    close() {
      if (closed) return;
      closed = true;
      for (const one of forget) one();
      for (const lease of leases) lease.release();
    },
  };
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}
