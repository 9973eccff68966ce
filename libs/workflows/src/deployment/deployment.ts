import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  allHandlersFinished,
  condition,
  isCancellation,
  proxyActivities,
} from '@temporalio/workflow';
import { CONTROL_QUEUE } from '@fairlead/contracts';
import type { DeploymentInput, DeploymentResult, SettingsActivities } from '@fairlead/contracts';
import { SETTINGS } from '../activity-options.ts';
import { Outbox } from '../outbox/outbox.ts';
import { wantedOf } from '../outbox/wanted.ts';
import { count } from '../foreign/count.ts';
import { followForeign } from '../foreign/follow-foreign.ts';
import { handleTold } from '../foreign/handle-told.ts';
import { bake } from './bake.ts';
import { runCanary } from './canary.ts';
import { snapshot, compareDependencies } from './cluster-calls.ts';
import { handleCommands } from './command-handlers.ts';
import { DoomedError } from './doomed.ts';
import { causeOfDoom } from './forward.ts';
import { resultOf } from './result.ts';
import { roll } from './rolling.ts';
import { Progress } from './progress.ts';
import { Run } from './run.ts';
import type { Cause } from './causes.ts';
import { reasonOf } from './reason-of.ts';
import { undo } from './undo.ts';
import { showDetails } from './visibility.ts';

/** How long an ended run waits for messages that are under way; the rest goes to `redelivery`. */
const OUTBOX_CLOSE_MS = 2_000;

/** Failures after which nothing more is written: someone else is at work on the target, or it is gone. */
const HALTING = ['target-edited', 'cluster-not-found'];

/** One deployment: plan, forward road, bake; or the way back. Ends in exactly one outcome. */
export async function deployment(input: DeploymentInput): Promise<DeploymentResult> {
  const run = new Run(input);
  const { foreign } = input.plan;
  handleCommands(run);
  if (foreign !== undefined) handleTold(run, foreign);
  showDetails(run);
  const systems = await CancellationScope.nonCancellable(async () => {
    const { settingsSnapshot } = proxyActivities<SettingsActivities>({
      ...SETTINGS,
      taskQueue: CONTROL_QUEUE,
    });
    const settings = await settingsSnapshot({ environment: input.plan.environment });
    run.useOutbox(new Outbox(input.deploymentId, wantedOf(settings, input.plan.features)));
    const { progress } = settings;
    if (progress === undefined || !input.plan.features.monitoring) return [];
    if (foreign?.locks !== false) run.useProgress(new Progress(input, progress.systems));
    return progress.systems;
  });
  if (foreign === undefined) await goForward(run);
  else await followForeign(run, foreign);
  return CancellationScope.nonCancellable(async () => {
    run.tellHeld(run.causes.message);
    if (!run.ended) await goBack(run);
    await run.closeOutbox(OUTBOX_CLOSE_MS);
    await condition(allHandlersFinished);
    const result = resultOf(input, run.record());
    if (foreign?.locks === false) await count(input, { result, systems });
    return result;
  });
}

/** The forward road in a scope of its own: a command or doomed pods end it wherever it is. */
async function goForward(run: Run): Promise<void> {
  const scope = new CancellationScope();
  run.interrupt = () => {
    scope.cancel();
  };
  try {
    await scope.run(() => planAndDeploy(run));
  } catch (error) {
    fail(run, error);
  } finally {
    run.interrupt = () => undefined;
    // The watch of the bake, and whatever else the road has left running.
    scope.cancel();
  }
}

async function planAndDeploy(run: Run): Promise<void> {
  const putBack = await putLeftoversBack(run);
  const found = await snapshot(run);
  run.useSnapshot(found);
  if (found.refusals.length > 0) {
    const message = found.refusals
      .map((refusal) => `${refusal.component}: ${refusal.message}`)
      .join('; ');
    run.because({ error: { type: found.refusals[0]?.type ?? 'defect', message }, message });
    run.report('plan-refused', message);
    return;
  }
  const nothing = found.components.every(({ images }) => images.length === 0);
  if (nothing && !putBack) {
    run.report('nothing-to-do', 'every component already runs the wanted image');
    return;
  }
  run.report('plan-accepted', run.causes.message);
  // An abort while it was planned: nothing was written, so the way back is short.
  if (run.goingBack || run.ended) return;
  if (run.state.type === 'canary') await runCanary(run);
  else await roll(run);
  await bake(run);
}

/** What a halted run left is put back before anything is read: the plan starts from what ran well. */
async function putLeftoversBack(run: Run): Promise<boolean> {
  if (run.stack.length === 0) return false;
  const stuck = await undo(run, { replaced: true });
  if (stuck.length > 0) throw ApplicationFailure.nonRetryable(told(stuck), 'undo-failed');
  run.note('cluster-changed', 'what the halted deployment left is put back');
  return true;
}

function fail(run: Run, error: unknown): void {
  if (isCancellation(error)) {
    // Ours carries its cause already; one from the Web UI does what abort does.
    if (!run.causes.any) {
      run.command({ name: 'abort' }, 'abort: the workflow was cancelled');
    }
  } else {
    run.because(causeOf(error));
  }
  if (run.ended || run.state.phase === 'rolling-back') return;
  if (run.state.phase === 'planned' && run.state.aborted) {
    // Nothing was written: the run is opened only to be closed by its proper words.
    run.report('plan-accepted', run.causes.message);
    return;
  }
  const type = run.causes.error?.type;
  const halts = type !== undefined && HALTING.includes(type);
  run.report(halts ? 'halted' : 'failed', run.causes.message);
}

function causeOf(error: unknown): Cause {
  if (error instanceof DoomedError) return causeOfDoom(error.doom);
  const cause = error instanceof ActivityFailure ? error.cause : error;
  const type =
    cause instanceof ApplicationFailure ? (cause.type ?? 'defect') : 'cluster-unreachable';
  if (cause instanceof ApplicationFailure || error instanceof ActivityFailure) {
    const message = reasonOf(error);
    return { error: { type, message }, message };
  }
  // Not a failure of an activity: a defect of ours must not go back blindly; it stops the workflow task for repair.
  throw error;
}

async function goBack(run: Run): Promise<void> {
  const doom = run.causes.doom;
  const [first] = run.input.plan.simulateFailure === 'rollback' ? run.stack : [];
  const stuck = await undo(run, { doom, leave: first?.component.name });
  if (stuck.length > 0) {
    run.note('undo-failed', told(stuck));
    run.report('undo-failed', `rollback failed, someone must act: ${told(stuck)}`);
    return;
  }
  run.weight = 0;
  run.drift = await compareDependencies(run).catch(() => []);
  run.report('undone', closingWord(run));
}

function told(stuck: readonly { component: string; why: string }[]): string {
  return stuck.map(({ component, why }) => `${component} was not put back: ${why}`).join('; ');
}

function closingWord(run: Run): string {
  const runs = run.snapshot
    .map(({ name, previousImage }) => `${name} runs ${previousImage}`)
    .join(', ');
  const gone = run.drift
    .filter(({ drift }) => drift === 'gone')
    .map(({ component, kind, name }) => `; ${kind} ${name}, which ${component} needs, is gone`);
  return `rolled back: ${runs}${gone.join('')}`;
}
