import type { ComponentSnapshot, Doom, Side } from '@fairlead/contracts';
import { decided } from '../decide.ts';
import { workloadName } from './find.ts';
import type { Outcome, Run } from './run.ts';

/** No weight to a side without ready endpoints: waits for one, at most until the deadline. */
export async function awaitEndpoint(
  run: Run,
  component: ComponentSnapshot,
  { service, side }: { readonly service: string; readonly side: Side },
): Promise<Outcome> {
  const { cluster, namespace, signal, now } = run;
  const sinceMs = now();
  return decided<number, Doom | undefined>({
    observe: (listener) => cluster.observeEndpoints({ namespace, name: service }, listener),
    decide: (ready) => (ready > 0 ? { done: undefined } : { wait: true }),
    signal,
    now,
    deadline: {
      clock: run.clock,
      answer: () => ({
        component: component.name,
        workload: workloadName(component, side),
        side,
        reason: 'ProgressDeadline',
        message: `Service ${service} has no ready endpoint, so it was given no traffic`,
        since: new Date(sinceMs).toISOString(),
      }),
    },
  });
}
