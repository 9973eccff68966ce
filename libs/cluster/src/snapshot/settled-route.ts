import { setTimeout as delay } from 'node:timers/promises';
import { read } from '../apply/run.ts';
import type { Reading } from '../apply/run.ts';
import type { Route } from '../objects.ts';

/** A gateway takes note of a change within a second or two; the run before this one may just have changed the route. */
const GATEWAY_LAG_MS = 3000;
const LOOK_AGAIN_MS = 200;

/** The route once its gateways have looked at its present generation, or as it is after a moment's wait. */
export async function settledRoute(reading: Reading, name: string): Promise<Route | undefined> {
  const { cluster, namespace, signal } = reading;
  const untilMs = performance.now() + GATEWAY_LAG_MS;
  for (;;) {
    const route = await read(reading, cluster.route({ namespace, name }));
    if (route === undefined || !isBehind(route) || performance.now() >= untilMs) return route;
    await delay(LOOK_AGAIN_MS, undefined, { signal });
  }
}

function isBehind({ generation, parents }: Route): boolean {
  return parents.some(({ conditions }) =>
    conditions.some(({ observedGeneration }) => observedGeneration < generation),
  );
}
