import { ApplicationFailure, condition } from '@temporalio/workflow';
import type {
  ApplyResult,
  ClusterChange,
  ComponentSnapshot,
  Doom,
  Side,
} from '@fairlead/contracts';
import { orderWaves, pushCompensations, withChange } from '@fairlead/domain';
import { apply, watch } from './cluster-calls.ts';
import { DoomedError } from './doomed.ts';
import type { Run } from './run.ts';

/** Components that have something to change, in waves that go side by side. */
export function wavesOf(run: Run): ComponentSnapshot[][] {
  // Ordered with those that need no change: what stands between two others keeps them apart.
  const order = orderWaves(run.input.plan.components);
  if ('cycle' in order) throw cycleFailure(order.cycle);
  return order.waves
    .map((names) =>
      run.snapshot.filter(({ name, images }) => names.includes(name) && images.length > 0),
    )
    .filter((wave) => wave.length > 0);
}

/** The command line refuses a cycle; a request written by hand fails by it. */
function cycleFailure(cycle: readonly string[]): ApplicationFailure {
  return ApplicationFailure.nonRetryable(
    `the components wait for each other: ${cycle.join(' → ')}`,
    'config-invalid',
  );
}

/** Makes the changes of one wave. Their inverses are on the stack first, so that a crash in the middle has a way back. */
export async function applyWave(
  run: Run,
  wave: readonly ComponentSnapshot[],
  { plan, summary }: { plan: (component: ComponentSnapshot) => ClusterChange[]; summary: string },
): Promise<ApplyResult> {
  const lists = wave.map(plan);
  run.stack = pushCompensations(run.stack, lists.flat());
  run.state = withChange(run.state);
  const result = await apply(run, lists, `${summary}: ${wave.map(({ name }) => name).join(', ')}`);
  run.observe(result.observed);
  if (result.doom !== undefined) throw new DoomedError(result.doom);
  return result;
}

/** A pause holds here: between steps and waves, never in the middle of a change. */
export async function holdWhilePaused(run: Run): Promise<void> {
  if (run.state.phase === 'paused') await condition(() => run.state.phase !== 'paused');
}

/** Lets the health watch stop the run from now on; the scope that it is called in ends it. */
export function stopWhenDoomed(
  run: Run,
  components: readonly ComponentSnapshot[],
  side: Side,
): void {
  watch(run, components, side).then(
    (doom) => {
      run.stop(causeOfDoom(doom));
    },
    (error: unknown) => {
      run.watchFailed(error);
    },
  );
}

export function causeOfDoom(doom: Doom): {
  error: { type: string; message: string; doom: Doom };
  message: string;
} {
  const log = doom.lastLogLine === undefined ? '' : `; last log line: ${doom.lastLogLine}`;
  const message = `${doom.workload}: ${doom.reason}: ${doom.message} (since ${doom.since})${log}`;
  return { error: { type: doom.reason, message, doom }, message };
}
