// `fairlead run`: events in the history after 10 minutes of heartbeats and after 10 hours (sent without their pauses),
// and the highest memory of the wrapping process while a lot of output passes through it. [--megabytes 1024]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { COMMAND_ACTIVITIES, deploymentWorkflowId } from '@fairlead/contracts';
import { startStage } from '@fairlead/testing/e2e';
import { waitFor } from '@fairlead/testing/servers';
import { requestOf } from '@fairlead/testing/workflows';
import { benchOptions } from './lib/options.ts';
import { printReport, round } from './lib/report.ts';
import type { Report } from './lib/report.ts';

const LAUNCHER = fileURLToPath(new URL('../../apps/cli/bin/fairlead.js', import.meta.url));
/** As `fairlead run` beats: every 5 s. */
const TEN_MINUTES = 120;
const TEN_HOURS = 7_200;
const DEADLINE_MS = 60_000;
/** A process that kept what passes through it would be far beyond. */
const MEMORY_LIMIT_MB = 250;
/** Of a program and two pipes; a look costs next to nothing. */
const LOOK_EVERY_MS = 100;

const { counts, json } = benchOptions({ megabytes: 1_024 });
const stage = await startStage((directory) => [
  ...['--role', 'both', '--sandbox', join(directory, 'state'), '--delivery-rate', 'inbox-chat=0'],
]);
try {
  await stage.startWorker();
  process.exitCode = printReport(await bench(), json);
} finally {
  await stage.stop();
}

async function bench(): Promise<Report> {
  const short = await eventsAfter('short', TEN_MINUTES);
  const long = await eventsAfter('long', TEN_HOURS);
  const { megabytes } = counts;
  const passed = await pass(megabytes);
  return {
    bench: 'wrap',
    what: `${TEN_MINUTES} and ${TEN_HOURS} heartbeats; ${megabytes} MB of output`,
    rows: [
      { measured: 'events in the history, 10 minutes', figure: short.all },
      { measured: 'events in the history, 10 hours', figure: long.all },
      { measured: 'MB that came through', figure: passed.megabytes },
      { measured: 'highest memory, MB', figure: passed.memoryMb },
      { measured: 'MB a second', figure: passed.rate },
    ],
    verdicts: [
      {
        met: long.happened === short.happened,
        target: `in 10 hours ${long.happened} events, besides its workflow being woken (${short.happened})`,
      },
      {
        met: passed.megabytes === megabytes && passed.memoryMb <= MEMORY_LIMIT_MB,
        target: `${passed.megabytes} MB passed in ${passed.memoryMb} MB of memory (at most ${MEMORY_LIMIT_MB})`,
      },
    ],
  };
}

/** Events of a run that beat so often and ended well. */
async function eventsAfter(
  id: string,
  beats: number,
): Promise<{ readonly all: number; readonly happened: number }> {
  const foreign = { source: 'command', tool: 'sleep', undoable: false, locks: true } as const;
  await stage.request(requestOf(id, { application: id, components: [], foreign }));
  const at = { workflowId: deploymentWorkflowId(id), activityId: COMMAND_ACTIVITIES.command };
  const { activity } = stage.client;
  const beat = () =>
    activity.heartbeat(at).then(
      () => true,
      () => false,
    );
  await waitFor(beat, { deadlineMs: DEADLINE_MS, what: 'the first beat to be heard' });
  for (let sent = 1; sent < beats; sent += 1) await activity.heartbeat(at);
  await activity.complete(at, { exitCode: 0, output: [] });
  await stage.result(id);
  const handle = stage.client.workflow.getHandle(deploymentWorkflowId(id));
  const events = (await handle.fetchHistory()).events ?? [];
  // Answers that come at the same time wake a workflow together or apart: of these there may be some more or less.
  const happened = events.filter(
    (event) =>
      !event.workflowTaskScheduledEventAttributes &&
      !event.workflowTaskStartedEventAttributes &&
      !event.workflowTaskCompletedEventAttributes,
  );
  return { all: events.length, happened: happened.length };
}

async function pass(
  megabytes: number,
): Promise<{ readonly megabytes: number; readonly memoryMb: number; readonly rate: number }> {
  const words = ['head', '-c', `${megabytes}M`, '/dev/zero'];
  const begunAt = performance.now();
  const child = spawn(
    process.execPath,
    [LAUNCHER, 'run', '-e', 'staging', '-a', 'output', '--', ...words],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...stage.temporalEnv, HOME: stage.directory },
    },
  );
  let bytes = 0;
  child.stdout.on('data', (chunk: Buffer) => (bytes += chunk.length));
  const over = new AbortController();
  const closed = once(child, 'close').then(() => {
    over.abort();
  });
  let highest = 0;
  while (!over.signal.aborted) {
    highest = Math.max(highest, await memoryOf(child.pid));
    await wait(LOOK_EVERY_MS, undefined, { signal: over.signal }).catch(() => undefined);
  }
  await closed;
  const seconds = (performance.now() - begunAt) / 1_000;
  const through = bytes / 2 ** 20;
  return { megabytes: through, memoryMb: round(highest), rate: round(through / seconds) };
}

/** Resident, in MB; 0 of a process that is gone. */
async function memoryOf(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1_024;
}
