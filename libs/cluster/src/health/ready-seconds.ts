import type { PodView } from '../objects.ts';

/** From the creation of a pod until it was ready, of the slowest one; undefined where none is ready. */
export function slowestReadySeconds(pods: readonly PodView[]): number | undefined {
  const took = pods.flatMap(({ ready, deleting, createdAt, readyChangedAt }) =>
    ready && !deleting && readyChangedAt !== undefined
      ? [Math.max(0, (Date.parse(readyChangedAt) - Date.parse(createdAt)) / 1_000)]
      : [],
  );
  return took.length === 0 ? undefined : Math.max(...took);
}
