import { execFileSync } from 'node:child_process';
import type { Stage } from '@fairlead/testing/e2e';
import { startSink } from './sink.ts';
import { startSimulatedStage } from './simulated-stage.ts';
import type { Sink, Vendor } from './sink.ts';
import { writeWorkerConfig } from './worker-config.ts';

/** A Temporal server, workers as they are shipped, and the sinks that they tell. */
export interface Stack {
  readonly stage: Stage;
  readonly sinks: readonly Sink[];
  /** What the control worker has used of the processor. */
  readonly workerCpuSeconds: () => number;
  stop(): Promise<void>;
}

/** With a simulated cluster that has `api` in a namespace for each target; without targets there is none. */
export async function startStack(targets: readonly string[]): Promise<Stack> {
  const [slack, teams, pagerduty] = await Promise.all(
    (['slack', 'teams', 'pagerduty'] satisfies Vendor[]).map(startSink) as [
      Promise<Sink>,
      Promise<Sink>,
      Promise<Sink>,
    ],
  );
  const sinks = [slack, teams, pagerduty];
  const stage = await startSimulatedStage(targets);
  const config = await writeWorkerConfig(stage.directory, { slack, teams, pagerduty });
  const control = await stage.startWorker(['--role', 'control', '--config', config]);
  return {
    stage,
    sinks,
    workerCpuSeconds: () => cpuSecondsOf(control.child.pid),
    async stop() {
      await stage.stop();
      await Promise.all(sinks.map((sink) => sink.stop()));
    },
  };
}

/** By `ps`, in whole seconds: `[[dd-]hh:]mm:ss`. */
function cpuSecondsOf(pid: number | undefined): number {
  const time = execFileSync('ps', ['-o', 'time=', '-p', String(pid)], { encoding: 'utf8' });
  return time
    .trim()
    .split(/[:-]/)
    .reverse()
    .reduce((sum, part, index) => sum + Number(part) * ([1, 60, 3_600, 86_400][index] ?? 0), 0);
}
