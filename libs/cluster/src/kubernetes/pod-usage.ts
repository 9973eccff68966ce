import type { PodUsage } from '../objects.ts';
import { parseQuantity } from '../snapshot/quantity.ts';
import { orUndefined, POD_METRICS } from './api.ts';
import type { Api } from './api.ts';

/** https://github.com/kubernetes/metrics: PodMetrics of v1beta1. */
interface RawPodMetrics {
  readonly metadata: { readonly name: string };
  readonly timestamp: string;
  readonly containers: readonly {
    readonly name: string;
    readonly usage: { readonly cpu?: string; readonly memory?: string };
  }[];
}

/** Served by an API of its own, as metrics-server's, which a cluster need not have. */
export async function readPodUsage(
  kube: Api,
  namespace: string,
): Promise<readonly PodUsage[] | undefined> {
  const found = await orUndefined(kube.list(POD_METRICS, namespace));
  return found?.items.map((raw) => toUsage(raw as RawPodMetrics));
}

function toUsage({ metadata, timestamp, containers }: RawPodMetrics): PodUsage {
  return {
    pod: metadata.name,
    at: timestamp,
    containers: containers.map(({ name, usage: { cpu, memory } }) => ({
      ...{ name, cpu: parseQuantity(cpu), memory: parseQuantity(memory) },
    })),
  };
}
