import type { Cluster } from '@fairlead/cluster';
import type { PodUsage } from '@fairlead/cluster/decisions';

export interface WatchUsage {
  readonly cluster: Cluster;
  readonly namespaces: readonly string[];
  /** Told of each measurement; of none where there is none to be had. */
  readonly sample: (namespace: string, usage: readonly PodUsage[]) => void;
  /** Told once for each time that there are no measurements. */
  readonly absent: (namespace: string, why: string) => void;
  readonly everyMs?: number;
}

/** metrics-server measures each 15 seconds by default, others more seldom. */
const EVERY_MS = 30_000;

/** Looks at what pods use, again and again. A cluster need not measure it. */
export function watchUsage(watch: WatchUsage): { close(): void } {
  const watches = [...new Set(watch.namespaces)].map((namespace) => watchOne(namespace, watch));
  return {
    close() {
      for (const one of watches) one.close();
    },
  };
}

function watchOne(
  namespace: string,
  { cluster, sample, absent, everyMs = EVERY_MS }: WatchUsage,
): { close(): void } {
  let closed = false;
  let isAbsent = false;
  let timer: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    const seen = await cluster.podUsage(namespace).then(
      (usage) => usage ?? 'the cluster does not serve metrics.k8s.io',
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    if (closed) return;
    const isNews = typeof seen === 'string' && !isAbsent;
    isAbsent = typeof seen === 'string';
    if (isNews) absent(namespace, seen);
    sample(namespace, typeof seen === 'string' ? [] : seen);
    timer = setTimeout(() => void look(), everyMs);
    timer.unref();
  }

  void look();
  return {
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
