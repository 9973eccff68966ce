import type { CanaryStep } from '@fairlead/contracts';
import type { Stage } from '@fairlead/testing/e2e';
import { requestOf } from '@fairlead/testing/workflows';

/** Short against a real one's minutes: what a destination costs would show the more. */
const PAUSE_MS = 2_000;
const STEPS: readonly CanaryStep[] = [10, 50].flatMap((weight) => [
  { kind: 'weight', weight },
  { kind: 'pause', durationMs: PAUSE_MS },
]);
/** What a canary that succeeds is told of. */
export const CANARY_KINDS = [
  ...['deployment-started', 'canary-started', 'canary-completed', 'canary-promoted'],
  'deployment-completed',
];

/** Milliseconds of one deployment. */
export interface Times {
  /** From its start to its end, by its own record. */
  readonly tookMs: number;
  /** Until its workflow was closed, which waits a little for messages. */
  readonly closedMs: number;
}

/** To its end, which must be a good one. */
export async function deployCanary(
  stage: Stage,
  {
    id,
    target,
    version,
  }: { readonly id: string; readonly target: string; readonly version: number },
): Promise<Times> {
  const image = `registry.test/api:${version}`;
  await stage.request(
    requestOf(id, {
      ...{ application: target, namespace: target },
      components: [{ name: 'api', workload: 'api', image, after: [] }],
      canary: { traffic: { router: 'replicas' }, steps: STEPS },
    }),
  );
  await stage.result(id);
  const { closeTime, startTime } = await stage.client.workflow
    .getHandle(`deployment/${id}`)
    .describe();
  const { outcome, startedAt, finishedAt = '' } = await stage.record(id);
  if (outcome !== 'succeeded') throw new Error(`${id} ended ${outcome ?? 'not at all'}`);
  return {
    tookMs: Date.parse(finishedAt) - Date.parse(startedAt),
    closedMs: (closeTime?.getTime() ?? NaN) - startTime.getTime(),
  };
}
