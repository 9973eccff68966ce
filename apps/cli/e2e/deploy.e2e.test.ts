import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FAILURE_PLACES, SEARCH_ATTRIBUTES } from '@fairlead/contracts';
import type { DeploymentRecord } from '@fairlead/contracts';
import { joinTemporal, waitFor } from '@fairlead/testing/servers';
import type { SharedTemporal } from '@fairlead/testing/servers';
import { startSandbox } from './sandbox.ts';
import type { Sandbox } from './sandbox.ts';

const IMAGE = 'registry.example.com/shop/api';
const GOOD = ['deploy', '-e', 'staging'];
const BAD = [...GOOD, '--component', `api=${IMAGE}:crashloop-2`];
/** Waits for a person, so that others find the target busy. */
function waiting(version: string): string[] {
  return [
    ...['deploy', '-e', 'production', '-c', 'fairlead.yaml', '-c', 'approval.yaml'],
    ...['--component', `api=${IMAGE}:${version}`],
  ];
}
/** Longer than any phase of the sandbox takes on a busy machine. */
const DEADLINE_MS = 60_000;

let temporal: SharedTemporal;
let sandbox: Sandbox;

beforeAll(async () => {
  temporal = await joinTemporal(Object.values(SEARCH_ATTRIBUTES));
  sandbox = await startSandbox(temporal.env);
});

afterAll(async () => {
  await sandbox.stop();
  await temporal.stop();
});

async function json(...args: readonly string[]) {
  const { exitCode, stdout } = await sandbox.fairlead(...args, '--json');
  return { exitCode, document: JSON.parse(stdout) as Record<string, unknown> };
}

async function record(deploymentId: string): Promise<DeploymentRecord> {
  const { document } = await json('status', deploymentId);
  return document as unknown as DeploymentRecord;
}

function untilPhase(deploymentId: string, phase: string) {
  return waitFor(async () => (await record(deploymentId)).phase === phase, {
    ...{ deadlineMs: DEADLINE_MS, pollMs: 500 },
    what: `${deploymentId} to be in phase ${phase}`,
  });
}

describe('staging', () => {
  it('takes a good version through, one line for each event and the result on stdout', async () => {
    const ended = await sandbox.fairlead(...GOOD, '--request-id', 'good', '--reason', 'release');

    expect(ended.exitCode).toBe(0);
    expect(ended.stdout).toMatch(/^✔ succeeded after \d+s {2}staging\/shop {2}canary {2}good\n/);
    expect(ended.stdout).toContain('by alice');
    expect(ended.stderr).toMatch(/canary-started[^]*canary-promoted[^]*deployment-completed/);
    expect(ended.stderr.match(/ canary-started /g)).toHaveLength(1);
    expect(ended.stdout + ended.stderr).not.toContain('\u001b');
  });

  it('answers a repeated request with the same deployment', async () => {
    const { exitCode, document } = await json(...GOOD, '--request-id', 'good');

    expect(exitCode).toBe(0);
    expect(document).toMatchObject({ deploymentId: 'good', outcome: 'succeeded' });
  });

  it('refuses the request ID of another target’s deployment', async () => {
    const { exitCode, document } = await json('deploy', '-e', 'production', '--request-id', 'good');

    expect(exitCode).toBe(5);
    expect(document).toMatchObject({
      error: { type: 'request-id-taken', message: expect.stringContaining('staging/shop') },
    });
    const listed = await json('list', '-e', 'production');
    expect(listed.document).toEqual({ deployments: [] });
  });

  it('takes a bad version back, says why, and exits 3', async () => {
    const { exitCode, document } = await json(...BAD, '--request-id', 'bad');

    expect(exitCode).toBe(3);
    expect(document).toMatchObject({
      deploymentId: 'bad',
      environment: 'staging',
      application: 'shop',
      outcome: 'rolled-back',
      weight: 0,
      actor: 'alice',
      error: { type: 'CrashLoopBackOff' },
      components: [
        {
          name: 'api',
          image: 'registry.example.com/shop/api:crashloop-2',
          previousImage: 'registry.example.com/shop/api:2.4.1',
          phase: 'restored',
        },
      ],
    });
  });

  it('explains the end', async () => {
    const { exitCode, stdout } = await sandbox.fairlead('explain', 'bad');

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /rolled back[^]*CrashLoopBackOff[^]*What happened[^]*rollback-completed/,
    );
  });

  it('refuses every command after the end, with the outcome', async () => {
    for (const command of ['abort', 'promote', 'pause', 'resume']) {
      const { exitCode, stderr } = await sandbox.fairlead(command, 'bad');

      expect(exitCode).toBe(5);
      expect(stderr).toMatch(new RegExp(`${command} of bad refused: .*ended.*rolled-back`));
    }
  });

  it('goes back to what ran before, as a deployment of its own', async () => {
    const { exitCode, document } = await json('rollback', '-e', 'staging', '--request-id', 'back');

    expect(exitCode).toBe(0);
    expect(document).toMatchObject({
      kind: 'rollback',
      outcome: 'succeeded',
      components: [{ image: 'registry.example.com/shop/api:2.4.0' }],
    });
  });

  it('lists all of it, the newest first, and by outcome', async () => {
    const ids = ({ document }: Awaited<ReturnType<typeof json>>) =>
      (document.deployments as { deploymentId: string }[]).map((one) => one.deploymentId);

    expect(ids(await json('list', '-e', 'staging'))).toEqual(['back', 'bad', 'good']);
    expect(ids(await json('list', '--outcome', 'rolled-back'))).toEqual(['bad']);
  });
});

describe('production, with an approval', () => {
  it('detaches with exit 7 and the way on', async () => {
    const ended = await sandbox.fairlead(...waiting('2.5.0'), '--request-id', 'waits', '--detach');

    expect(ended.exitCode).toBe(7);
    expect(ended.stdout).toContain('fairlead abort waits');
    await untilPhase('waits', 'awaiting-approval');
  });

  it('refuses a second one with exit 5: by whom, in which phase, and what to do', async () => {
    const { exitCode, document } = await json(...waiting('2.5.0'));

    expect(exitCode).toBe(5);
    expect(document).toMatchObject({
      error: {
        type: 'busy',
        exitCode: 5,
        running: { deploymentId: 'waits', actor: 'alice', phase: 'awaiting-approval' },
      },
    });
    expect((document.error as { message: string }).message).toContain('--on-busy queue');
  });

  it('queues one, says its place, and withdraws it on abort', async () => {
    const queued = sandbox.start(
      ...waiting('2.5.0'),
      '--on-busy',
      'queue',
      '--request-id',
      'later',
    );
    await waitFor(() => queued.stderr().includes('Queued at place 1; waits by alice is running.'), {
      deadlineMs: DEADLINE_MS,
      what: () => `the place in the queue; it said ${queued.stderr()}`,
    });

    const { stdout } = await sandbox.fairlead('abort', 'later');

    expect(stdout).toContain('Withdrawn: later');
    expect((await queued.ended).exitCode).toBe(5);
  });

  it('shows the target with the open question', async () => {
    const { stdout } = await sandbox.fairlead('status', '-e', 'production');

    expect(stdout).toContain('waiting for `fairlead promote waits` or `fairlead abort waits`');
  });

  it('takes one promote, and refuses the second with the reason', async () => {
    const watching = sandbox.start('status', 'waits', '--watch', '--json');
    await waitFor(() => watching.stderr().includes('? waiting for `fairlead promote waits`'), {
      deadlineMs: DEADLINE_MS,
      what: () => `the open question; it said ${watching.stderr()}`,
    });
    const first = await json('promote', '-e', 'production', '--reason', 'looks good');
    const second = await sandbox.fairlead('promote', 'waits');

    expect(first).toMatchObject({
      exitCode: 0,
      document: { command: 'promote', deploymentId: 'waits' },
    });
    expect(second.exitCode).toBe(5);
    expect(second.stderr).toMatch(/promote of waits refused/);
    const { exitCode, stdout } = await watching.ended;
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'succeeded', deploymentId: 'waits' });
  });

  it('leaves it running on Ctrl-C', async () => {
    const detaching = sandbox.start(...waiting('2.6.0'), '--request-id', 'left');
    await untilPhase('left', 'awaiting-approval');

    detaching.kill('SIGINT');

    const { exitCode, stdout } = await detaching.ended;
    expect(exitCode).toBe(7);
    expect(stdout).toContain('fairlead abort left');
    expect((await record('left')).outcome).toBeUndefined();
  });

  it('aborts it on demand, and follows that to the end', async () => {
    await sandbox.fairlead('abort', 'left');

    expect((await sandbox.fairlead('status', 'left', '--watch')).exitCode).toBe(3);
  });

  it('aborts it on Ctrl-C where that was asked for', async () => {
    const args = [...waiting('2.6.0'), '--request-id', 'gone', '--on-cancel', 'abort'];
    const aborting = sandbox.start(...args);
    await untilPhase('gone', 'awaiting-approval');

    aborting.kill('SIGINT');

    const { exitCode, stdout } = await aborting.ended;
    expect(exitCode).toBe(3);
    expect(stdout).toContain('rolled back');
  });

  it('ends at --timeout with exit 7 and the record as it was', async () => {
    const slow = [...waiting('2.6.0'), '--request-id', 'slow', '--timeout', '3s'];

    const { exitCode, document } = await json(...slow);

    expect(exitCode).toBe(7);
    expect(document).toMatchObject({ deploymentId: 'slow', phase: 'awaiting-approval' });
    await sandbox.fairlead('abort', 'slow');
    expect((await sandbox.fairlead('status', 'slow', '--watch')).exitCode).toBe(3);
  });

  it('shows and follows a detached one from its place in the queue', async () => {
    await sandbox.fairlead(...waiting('2.6.0'), '--request-id', 'ahead', '--detach');
    const behind = ['deploy', '-e', 'production', '--component', `api=${IMAGE}:2.5.0`];
    const queue = ['--on-busy', 'queue', '--request-id', 'behind', '--detach'];
    expect((await sandbox.fairlead(...behind, ...queue)).stdout).toContain(
      'fairlead status behind --watch',
    );

    const shown = await sandbox.fairlead('status', 'behind');
    const { document } = await json('status', 'behind');
    const promoted = await sandbox.fairlead('promote', 'behind');
    const watching = sandbox.start('status', 'behind', '--watch');
    await waitFor(() => watching.stderr().includes('ahead by alice is running.'), {
      deadlineMs: DEADLINE_MS,
      what: () => `the place in the queue; it said ${watching.stderr()}`,
    });
    await sandbox.fairlead('abort', 'ahead');

    expect(shown.exitCode).toBe(0);
    expect(shown.stdout).toMatch(
      /^queued {2}production\/shop {2}behind\n {2}Queued at place 1; ahead/,
    );
    expect(document).toMatchObject({ deploymentId: 'behind', phase: 'queued', place: 1 });
    expect(promoted.exitCode).toBe(5);
    expect(promoted.stderr).toContain('it has not begun. Queued at place 1');
    const { exitCode, stdout } = await watching.ended;
    expect(exitCode).toBe(0);
    expect(stdout).toContain('succeeded');
  });
});

describe('a rehearsed failure', () => {
  const rehearsal = ['deploy', '-e', 'staging', '--component', `api=${IMAGE}:3.0.0`];
  const before = [`${IMAGE}:2.4.0`];

  it.each(FAILURE_PLACES.filter((place) => place !== 'rollback'))(
    'at %s goes the real way back, and what ran before runs',
    async (place) => {
      const ended = await sandbox.fairlead(...rehearsal, '--simulate-failure', place);

      expect(ended.exitCode).toBe(3);
      expect(ended.stdout).toContain(`failure simulated at ${place}`);
      expect(await sandbox.images('staging', 'api')).toEqual(before);
      expect(await sandbox.images('staging', 'api-canary')).toEqual([]);
    },
  );

  it('at rollback needs a person, says what is left, and is put right by the way it says', async () => {
    const ended = await sandbox.fairlead(...rehearsal, '--simulate-failure', 'rollback');
    // It closes a moment after it has its outcome.
    const halted = await waitFor(
      async () => {
        const { stdout } = await sandbox.fairlead('status', '-e', 'staging');
        return stdout.includes('halted by') ? stdout : undefined;
      },
      { deadlineMs: DEADLINE_MS, what: 'the target to be halted' },
    );
    const left = await sandbox.images('staging', 'api-canary');
    const back = await sandbox.fairlead('rollback', '-e', 'staging');

    expect(ended.exitCode).toBe(4);
    expect(ended.stdout).toMatch(/left in the cluster api-canary[^]*next: [^]*fairlead rollback/);
    expect(halted).toMatch(/halted[^]*left in the cluster: api-canary/);
    expect(left).toEqual([`${IMAGE}:3.0.0`]);
    expect(back.exitCode).toBe(0);
    expect(await sandbox.images('staging', 'api')).toEqual(before);
    expect(await sandbox.images('staging', 'api-canary')).toEqual([]);
  });
});

describe('what is not there', () => {
  it.each([
    [['status', 'never'], 5, /no deployment never/],
    [['promote', 'never'], 5, /no deployment never/],
    [
      ['rollback', '-e', 'staging', '-a', 'other'],
      5,
      /Nothing was ever deployed to staging\/other/,
    ],
    [['status', '-e', 'staging', '-a', 'other'], 5, /Nothing was ever deployed/],
  ] as const)('is said plainly for %j', async (args, exitCode, message) => {
    const ended = await sandbox.fairlead(...args);

    expect(ended.exitCode).toBe(exitCode);
    expect(ended.stderr).toMatch(message);
  });
});
