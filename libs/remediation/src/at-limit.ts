import { parseQuantity } from '@fairlead/cluster/decisions';
import type { PodUsage, WorkloadView } from '@fairlead/cluster/decisions';

/** Share of its limit from which on a container is at it. */
const AT_LIMIT = 0.95;
/** Measurements in a row that make it more than a peak. */
const SAMPLES = 3;

const RESOURCES = ['memory', 'cpu'] as const;

interface Streak {
  readonly pod: string;
  /** When the last one was measured. */
  readonly at: string;
  readonly samples: number;
  readonly words: string;
}

/** How long containers have been at a limit, in measurements; by pod, container and resource. */
export type Streaks = ReadonlyMap<string, Streak>;

/** A container that uses what it may. */
interface AtLimit {
  readonly key: string;
  readonly pod: string;
  /** When it was measured. */
  readonly at: string;
  /** Which, of what, and how much of it. */
  readonly words: string;
}

/** The next measurement: what is below its limit, or was not measured, begins anew. The same one again counts once. */
export function withSample(
  before: Streaks,
  view: WorkloadView,
  usage: readonly PodUsage[],
): Streaks {
  return new Map(
    atLimits(view, usage).map(({ key, ...one }) => {
      const last = before.get(key);
      const samples = (last?.samples ?? 0) + (last?.at === one.at ? 0 : 1);
      return [key, { ...one, samples }];
    }),
  );
}

/** Whether it says something of each pod that serves. */
export function areMeasured({ pods }: WorkloadView, usage: readonly PodUsage[]): boolean {
  const serving = pods.filter(({ ready, deleting }) => ready && !deleting);
  return serving.every(({ name }) => usage.some(({ pod }) => pod === name));
}

/** What is at a limit by this measurement. */
export function atLimits(
  { workload, pods }: WorkloadView,
  usage: readonly PodUsage[],
): readonly AtLimit[] {
  const { containers, initContainers = [] } = workload.template.spec;
  const limits = new Map(
    [...containers, ...initContainers].map(({ name, resources }) => [
      name,
      (resources as { readonly limits?: Readonly<Record<string, unknown>> } | undefined)?.limits,
    ]),
  );
  const measured = new Map(usage.map((one) => [one.pod, one]));
  const found: AtLimit[] = [];
  for (const { name: pod, uid } of pods) {
    const { at, containers: used } = measured.get(pod) ?? { at: '', containers: [] };
    for (const { name, ...amounts } of used) {
      for (const resource of RESOURCES) {
        const written = limits.get(name)?.[resource];
        const limit = parseQuantity(written);
        if (limit <= 0 || amounts[resource] < AT_LIMIT * limit) continue;
        const percent = Math.floor((100 * amounts[resource]) / limit);
        const words = `${pod}, container ${name}: ${resource} at ${percent} % of its limit of ${String(written)}`;
        found.push({ key: `${uid}/${name}/${resource}`, pod, at, words });
      }
    }
  }
  return found;
}

/** What has been at a limit for long enough. */
export function strained(streaks: Streaks): readonly Streak[] {
  return [...streaks.values()].filter(({ samples }) => samples >= SAMPLES);
}
