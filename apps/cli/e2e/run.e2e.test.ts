import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startStage } from '@fairlead/testing/e2e';
import type { Stage } from '@fairlead/testing/e2e';
import { waitFor } from '@fairlead/testing/servers';
import { createFolder, LAUNCHER, run, start } from './fairlead.ts';

const DEADLINE_MS = 60_000;

const SEVEN = 'echo "$FAIRLEAD_DEPLOYMENT_ID"; exit 7';

let stage: Stage;
let folder: Awaited<ReturnType<typeof createFolder>>;
let number = 0;

beforeAll(async () => {
  stage = await startStage(
    (directory) => [
      ...['--role', 'both', '--sandbox', join(directory, 'state')],
      ...['--delivery-rate', 'inbox-chat=0'],
    ],
    { ownTemporal: true },
  );
  await stage.startWorker();
  folder = await createFolder();
});

beforeEach(() => {
  number += 1;
});

afterAll(async () => {
  await stage.stop();
  await folder.remove();
});

function id(): string {
  return `run-${number}`;
}

function options(env: Readonly<Record<string, string>> = {}) {
  return {
    cwd: folder.path,
    env: { ...stage.temporalEnv, FAIRLEAD_ACTOR: 'kim', ...env },
  };
}

function args(...more: readonly string[]): readonly string[] {
  return ['run', '-e', 'staging', '-a', `app-${number}`, '--request-id', id(), ...more];
}

/** A command that says when it is on, in a file of the folder. */
function saysSo(then: string): readonly string[] {
  return ['sh', '-c', `echo $$ > on-${number}; ${then}`];
}

function isOn(): Promise<number> {
  return waitFor(
    async () => Number(await readFile(join(folder.path, `on-${number}`), 'utf8').catch(() => '')),
    { deadlineMs: DEADLINE_MS, what: 'the command to run' },
  );
}

/** A process that nobody has asked the end of has no command line any more. */
async function isRunning(pid: number): Promise<boolean> {
  return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')) !== '';
}

/** Another process group, as a pipeline's runner has it. */
function startGroup(words: readonly string[]) {
  const { cwd, env } = options();
  const child = spawn(process.execPath, [LAUNCHER, ...words], {
    ...{ cwd, detached: true, stdio: 'ignore' },
    env: { PATH: process.env.PATH, HOME: cwd, ...env },
  });
  return { child, exited: once(child, 'exit') };
}

describe('fairlead run', () => {
  it('passes streams and exit code through, and records how it ended, with secrets masked', async () => {
    const script = 'cat; echo to stderr >&2; echo "token is $API_TOKEN"; exit 7';
    const ended = await run(args('--', 'sh', '-c', script), options({ API_TOKEN: 'tok-123456' }));

    expect(ended).toMatchObject({ exitCode: 7, stdout: 'token is tok-123456\n' });
    expect(ended.stderr).toBe(
      `fairlead: deployment ${id()} of staging/app-${number}: started\nto stderr\n`,
    );
    const record = await stage.until(id(), ({ outcome }) => outcome !== undefined, 'its end');
    expect(record).toMatchObject({
      ...{ outcome: 'failed', source: 'command', tool: 'sh', actor: 'kim' },
      // Two pipes: which of the two lines came last, nobody knows.
      error: {
        type: 'command-failed',
        message: expect.stringMatching(/^sh ended with exit code 7: /),
      },
    });
    expect(record.output).toEqual(expect.arrayContaining(['to stderr', 'token is ***']));
    const listed = await run(['list', '-a', `app-${number}`, '--json'], options());
    expect(JSON.parse(listed.stdout)).toMatchObject({
      deployments: [{ deploymentId: id(), outcome: 'failed', source: 'command' }],
    });
  });

  it('hands on more than a pipe holds, at the reader’s pace', async () => {
    const ended = await run(args('--', 'head', '-c', '5M', '/dev/zero'), options());

    expect(ended.exitCode).toBe(0);
    expect(ended.stdout).toHaveLength(5 * 2 ** 20);
  });

  it('runs the rollback command when it fails, and tells of both', async () => {
    const ended = await run(args('--rollback', 'echo back', '--', 'false'), options());

    expect(ended).toMatchObject({
      ...{ exitCode: 1, stdout: 'back\n' },
      stderr: expect.stringMatching(/ failed with exit code 1; its rollback succeeded\n$/),
    });
    const record = await stage.until(id(), ({ outcome }) => outcome !== undefined, 'its end');
    expect(record).toMatchObject({ outcome: 'rolled-back', output: ['back'] });
    expect(record.events.map(({ kind }) => kind)).toEqual([
      'deployment-started',
      'deployment-failed',
      'rollback-initiated',
      'rollback-completed',
    ]);
  });

  it('ends with the command’s own exit code when its rollback fails too, and says so', async () => {
    const ended = await run(args('--rollback', 'exit 3', '--', 'sh', '-c', 'exit 7'), options());

    expect(ended).toMatchObject({
      exitCode: 7,
      stderr: expect.stringMatching(/exit code 7; .* 3,/),
    });
    const record = await stage.until(id(), ({ outcome }) => outcome !== undefined, 'its end');
    expect(record).toMatchObject({ outcome: 'failed' });
  });

  it('has progress told from within, without an ID', async () => {
    const told = `'${process.execPath}' '${LAUNCHER}' event progress --message 'half way'`;

    const ended = await run(args('--', 'sh', '-c', told), options());

    expect(ended).toMatchObject({ exitCode: 0, stdout: `${id()}: told\n` });
    const { events } = await stage.until(id(), ({ outcome }) => outcome !== undefined, 'its end');
    expect(events.map(({ message }) => message)).toContain('half way');
  });

  it('forwards SIGTERM', async () => {
    const script = "trap 'echo ended; exit 3' TERM; while :; do sleep 0.1; done";
    const running = start(args('--', ...saysSo(script)), options());
    await isOn();

    running.kill('SIGTERM');

    expect(await running.ended).toMatchObject({ exitCode: 3, stdout: 'ended\n' });
  });

  it('ends what the command left running when it was asked to end', async () => {
    const script = `sleep 600 & echo $! > on-${number}; wait`;
    const running = start(args('--', 'sh', '-c', script), options());
    const left = await isOn();
    expect(await isRunning(left)).toBe(true);

    running.kill('SIGTERM');

    expect(await running.ended).toMatchObject({ exitCode: 143 });
    expect(await isRunning(left)).toBe(false);
  });

  it('kills what ignores it after the grace, with all that it started', async () => {
    const ignores = "trap '' TERM; while :; do sleep 0.1; done";
    const script = `trap '' TERM; sh -c "echo \\$\\$ > on-${number}; ${ignores}" & ${ignores}`;
    const running = start(args('--grace', '200ms', '--', 'sh', '-c', script), options());
    const started = await isOn();

    running.kill('SIGTERM');

    expect(await running.ended).toMatchObject({ exitCode: 137 });
    expect(await isRunning(started)).toBe(false);
    const record = await stage.until(id(), ({ outcome }) => outcome !== undefined, 'its end');
    expect(record.error?.message).toBe('sh ended by SIGKILL');
  });

  it('is stopped by an abort', async () => {
    const running = start(args('--', ...saysSo('exec sleep 600')), options());
    await isOn();

    const aborted = await run(['abort', id(), '--reason', 'wrong branch'], options());

    expect(aborted.exitCode).toBe(0);
    expect(await running.ended).toMatchObject({ exitCode: 143 });
    const record = await stage.until(id(), ({ outcome }) => outcome !== undefined, 'its end');
    expect(record.error).toMatchObject({
      type: 'aborted',
      message: 'abort by kim: wrong branch: sh ended by SIGTERM',
    });
  });

  it('lets one command at a time to a target: the second is refused, or waits, before it starts', async () => {
    const first = start(args('--', ...saysSo('until test -f go; do sleep 0.1; done')), options());
    await isOn();
    const other = (policy: string) => [
      ...['run', '-e', 'staging', '-a', `app-${number}`, '--on-busy', policy],
      ...['--', 'touch', `ran-${policy}`],
    ];

    const refused = await run(other('refuse'), options());
    const queued = start(other('queue'), options());
    await waitFor(() => queued.stderr().includes('queued at place 1'), {
      deadlineMs: DEADLINE_MS,
      what: 'the place in the queue',
    });
    const before = await readdir(folder.path);
    await writeFile(join(folder.path, 'go'), '');

    expect(refused).toMatchObject({ exitCode: 5, stderr: expect.stringMatching(/is busy/) });
    expect(before.filter((name) => name.startsWith('ran-'))).toEqual([]);
    expect(await first.ended).toMatchObject({ exitCode: 0 });
    expect(await queued.ended).toMatchObject({ exitCode: 0 });
    expect(await readdir(folder.path)).toContain('ran-queue');
  });

  it('ends as a shell does where there is no such command', async () => {
    expect(await run(args('--', 'no-such-command-here'), options())).toMatchObject({
      exitCode: 127,
    });
  });

  it('does not run where Temporal is away and it must be told', async () => {
    const away = options({ TEMPORAL_ADDRESS: '127.0.0.1:1' });

    const ended = await run(args('--on-unreachable', 'fail', '--', 'touch', 'never'), away);

    expect(ended).toMatchObject({
      exitCode: 6,
      stderr: expect.stringMatching(/did not answer within 5(\.\d)? s/),
    });
    expect(await readdir(folder.path)).not.toContain('never');
  });

  it('runs, with its own exit code, where the spool cannot be written', async () => {
    const nowhere = { TEMPORAL_ADDRESS: '127.0.0.1:1', FAIRLEAD_SPOOL: '/dev/null/spool' };

    const ended = await run(
      ['run', '-e', 'staging', '-a', 'shop', '--report', 'report', '--', 'sh', '-c', SEVEN],
      options(nowhere),
    );

    expect(ended.exitCode).toBe(7);
    expect(ended.stderr).toMatch(/told to nobody, as it cannot be kept .*set FAIRLEAD_SPOOL/);
    // One ID, whoever asks.
    const deploymentId = ended.stdout.trim();
    expect(ended.stderr).toContain(`as deployment ${deploymentId};`);
    expect(await readFile(join(folder.path, 'report', 'result.env'), 'utf8')).toContain(
      `FAIRLEAD_DEPLOYMENT_ID=${deploymentId}\n`,
    );
  });

  it('says so where what was kept is of a deployment that is over', async () => {
    await run(args('--', 'true'), options());
    await run(args('--', 'false'), options({ TEMPORAL_ADDRESS: '127.0.0.1:1' }));

    const { stderr } = await run(['event', 'progress', '--deployment', id()], options());

    expect(stderr).toContain(
      `of deployment ${id()} was not taken: it was over before; see \`fairlead status ${id()}\``,
    );
  });

  it('that runs still when Temporal is back is told of as begun, and of its end later', async () => {
    const away = options({ TEMPORAL_ADDRESS: '127.0.0.1:1' });
    const until = `until [ -e go-${number} ]; do sleep 0.1; done; exit 3`;
    const running = run(args('--', ...saysSo(until)), away);
    await isOn();

    const other = await run(['run', '-e', 'staging', '-a', 'other', '--', 'true'], options());
    const begun = await stage.record(id());
    await writeFile(join(folder.path, `go-${number}`), '');
    const ended = await running;
    await run(['run', '-e', 'staging', '-a', 'other', '--', 'true'], options());
    const record = await stage.until(id(), ({ outcome }) => outcome !== undefined, 'its end');

    expect(other.stderr).toContain(`Told what had waited of deployment ${id()}`);
    expect(begun.outcome).toBeUndefined();
    expect(ended.exitCode).toBe(3);
    expect(record).toMatchObject({
      outcome: 'failed',
      error: { message: expect.stringContaining('3') },
    });
  });

  it('runs all the same while Temporal is away, and is told of once, in order, by the next call', async () => {
    const away = options({ TEMPORAL_ADDRESS: '127.0.0.1:1' });
    const ended = await run(args('--rollback', 'true', '--', 'sh', '-c', 'exit 4'), away);

    expect(ended).toMatchObject({ exitCode: 4, stderr: expect.stringMatching(/without a lock/) });
    await run(['event', 'progress', '--deployment', id()], options());
    await run(['event', 'progress', '--deployment', id()], options());
    const record = await stage.until(id(), ({ outcome }) => outcome !== undefined, 'its end');
    expect(record).toMatchObject({ outcome: 'rolled-back', source: 'command' });
    expect(record.events.map(({ kind }) => kind)).toEqual([
      'deployment-started',
      'deployment-failed',
      'rollback-initiated',
      'rollback-completed',
    ]);
    await waitFor(
      async () =>
        (await stage.ledger('staging', `app-${number}`)).totals.foreign?.command?.deployments
          .rolling?.['rolled-back']?.count === 1,
      { deadlineMs: DEADLINE_MS, what: 'the target to count it' },
    );
  });

  it('that is killed with its whole process group is told within 60 s, once, though worker and server die too', async () => {
    const { child, exited } = startGroup(args('--', ...saysSo('exec sleep 600')));
    await isOn();
    // And its receipt is there: a worker that dies before has it told anew.
    await stage.until(
      id(),
      ({ deliveries }) =>
        deliveries.some(({ destination, state }) => destination === 'log' && state === 'accepted'),
      'its first word',
    );
    const killedAt = Date.now();
    process.kill(-(child.pid ?? 0), 'SIGKILL');
    await exited;
    await stage.killWorkers();
    await stage.killTemporal();
    await stage.restartTemporal();
    await stage.startWorker();

    const record = await stage.until(id(), ({ outcome }) => outcome !== undefined, 'its end');

    expect(record.error).toMatchObject({
      type: 'went-silent',
      message: 'the process that ran it went silent',
    });
    expect(Date.parse(record.finishedAt ?? '') - killedAt).toBeLessThan(60_000);
    await waitFor(() => stage.messages(id()).length > 1, {
      deadlineMs: DEADLINE_MS,
      what: 'its last word',
    });
    expect(stage.messages(id()).map(({ kind }) => kind)).toEqual([
      'deployment-started',
      'deployment-failed',
    ]);
  });
});
