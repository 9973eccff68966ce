// Events of other tools over HTTP, of which 20 % are repeats and 5 % malformed: each good one is recorded once, each bad
// one is answered 4xx with the reason. Rate, and the worker's memory at each quarter. [--events 1000]
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { targetWorkflowId } from '@fairlead/contracts';
import { ledgerQuery } from '@fairlead/contracts/messages';
import { startStage } from '@fairlead/testing/e2e';
import { waitFor } from '@fairlead/testing/servers';
import { forEachAtOnce } from './lib/for-each-at-once.ts';
import { benchOptions } from './lib/options.ts';
import { printReport, round } from './lib/report.ts';
import type { Report } from './lib/report.ts';

const TOKEN = 'bench-t0ken';
const SENDERS = 16;
const EVERY_BAD = 20;
const EVERY_REPEAT = 5;
/** The count of the last deployments may lag behind. */
const DEADLINE_MS = 300_000;
/** Of what the worker had at half: by then it keeps as many workflows as it ever does. */
const GROWTH_LIMIT = 1.15;

const { counts, json } = benchOptions({ events: 1_000 });
const stage = await startStage(() => []);
try {
  process.exitCode = printReport(await bench(counts.events), json);
} finally {
  await stage.stop();
}

interface Sent {
  readonly body: string;
  readonly isGood: boolean;
}

async function bench(events: number): Promise<Report> {
  const { url, pid } = await receiver();
  const { all, good } = eventsOf(events);
  const failures: string[] = [];
  let [refused, unreasoned] = [0, 0];
  const send = async ({ body, isGood }: Sent) => {
    const { status, text } = await post(url, body);
    const is4xx = status >= 400 && status < 500;
    if (isGood ? status !== 200 : !is4xx) failures.push(`${status} ${text.trim()}`);
    if (!isGood && is4xx) refused += 1;
    if (!isGood && text.trim() === '') unreasoned += 1;
  };
  const begunAt = performance.now();
  const memory: number[] = [];
  for (const part of [0, 1, 2, 3]) {
    const [from, to] = [part, part + 1].map((share) => Math.floor((all.length * share) / 4));
    await forEachAtOnce(all.slice(from, to), SENDERS, send);
    memory.push(round(await memoryOf(pid)));
  }
  const seconds = (performance.now() - begunAt) / 1_000;
  const recorded = await untilCounted(good);
  const [, half = 0, , end = 0] = memory;
  const bad = all.filter(({ isGood }) => !isGood).length;
  return {
    bench: 'receiver',
    what: `${all.length} events: ${good} good, ${all.length - good - bad} repeats, ${bad} malformed`,
    rows: [
      { measured: 'events a second', figure: round(all.length / seconds, 1) },
      { measured: 'deployments recorded', figure: recorded },
      { measured: 'answered 4xx with the reason', figure: refused - unreasoned },
      { measured: 'worker, MB at each quarter', figure: memory.join(', ') },
      { measured: 'wrong answers', figure: `${failures.length} ${failures[0] ?? ''}`.trim() },
    ],
    verdicts: [
      { met: failures.length === 0 && recorded === good, target: `${recorded} of ${good} once` },
      { met: refused === bad && unreasoned === 0, target: `${refused} of ${bad} bad ones refused` },
      {
        met: end <= half * GROWTH_LIMIT,
        target: `memory ${half} MB at half to ${end} MB at the end (at most ${GROWTH_LIMIT} times)`,
      },
    ],
  };
}

/** A worker with a receiver and no channel. */
async function receiver(): Promise<{ readonly url: string; readonly pid: number | undefined }> {
  const file = join(stage.directory, 'receiver.json');
  const remediation = { receiver: { listen: '127.0.0.1:0', bearer_token: TOKEN } };
  const configuration = { application: 'shop', environments: { staging: {} }, remediation };
  await writeFile(file, JSON.stringify(configuration));
  const worker = await stage.startWorker(['--role', 'control', '--config', file]);
  const port = /"port":(\d+),"message":"receiver listens"/.exec(worker.stderr())?.[1];
  if (port === undefined) throw new Error(`no receiver listens: ${worker.stderr()}`);
  return { url: `http://127.0.0.1:${port}/events`, pid: worker.child.pid };
}

/** In an order that is the same each time; a repeat comes after what it repeats. */
function eventsOf(events: number): { readonly all: readonly Sent[]; readonly good: number } {
  const all: Sent[] = [];
  let good = 0;
  for (let index = 1; index <= events; index += 1) {
    if (index % EVERY_BAD === 0) all.push({ body: bad(index), isGood: false });
    else if (index % EVERY_REPEAT === 2) all.push({ body: finish(good), isGood: true });
    else {
      good += 1;
      all.push({ body: finish(good), isGood: true });
    }
  }
  return { all, good };
}

function finish(number: number): string {
  const deployment = `bench-${number}`;
  return JSON.stringify({ type: 'finish', deployment, environment: 'staging', tool: 'bench' });
}

/** Each in its own way. */
function bad(index: number): string {
  const ways = ['{', '[]', '{"type":"ended","deployment":"d"}', '{"type":"begin"}'];
  return ways[(index / EVERY_BAD) % ways.length] ?? '';
}

/** As a sender does that is told to come again. */
async function post(url: string, body: string): Promise<{ status: number; text: string }> {
  for (;;) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      body,
    });
    const text = await response.text();
    const after = response.headers.get('retry-after');
    if (after === null) return { status: response.status, text };
    await wait(Number(after) * 1_000);
  }
}

/** What the target has counted, once that is as many, or does not come to be. */
async function untilCounted(good: number): Promise<number> {
  const handle = stage.client.workflow.getHandle(targetWorkflowId('staging', 'shop'));
  let counted = 0;
  const look = async () => {
    const { totals } = await handle.query(ledgerQuery);
    counted = totals.foreign?.events?.deployments.rolling?.succeeded?.count ?? 0;
    return counted >= good;
  };
  await waitFor(look, { deadlineMs: DEADLINE_MS, what: 'all to be counted' }).catch(() => false);
  return counted;
}

/** Resident, in MB; 0 of a process that is gone. */
async function memoryOf(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1_024;
}
