import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startStage } from '@fairlead/testing/e2e';
import type { Stage } from '@fairlead/testing/e2e';
import { createFolder, LAUNCHER, run } from '../../apps/cli/e2e/fairlead.ts';
import { CONFIG } from '../../apps/cli/e2e/sandbox.ts';
import { readJenkinsScript } from './ci-files.ts';
import { startProcess } from './ci-process.ts';
import type { JobProcess } from './ci-process.ts';
import { GITHUB, runAction } from './github-runner.ts';
import { GITLAB, startJob } from './gitlab-runner.ts';

/** Waits for a person, so that there is time to cancel the job. */
const APPROVAL = 'canary:\n  steps: [{ weight: 10 }, { approval: {} }]\n  bake: 1s\n';
const HELD = { config: 'fairlead.yaml\napproval.yaml' };
const BAD = 'api=registry.example.com/shop/api:crashloop-2';

type Inputs = Readonly<Record<string, string>>;

let stage: Stage;
let folder: Awaited<ReturnType<typeof createFolder>>;
let number = 0;

beforeAll(async () => {
  stage = await startStage((directory) => [
    ...['--role', 'both', '--sandbox', join(directory, 'state')],
    ...['--delivery-rate', 'inbox-chat=0'],
  ]);
  await stage.startWorker();
  folder = await createFolder({ 'fairlead.yaml': CONFIG, 'approval.yaml': APPROVAL });
  const command = join(folder.path, 'bin', 'fairlead');
  await mkdir(dirname(command));
  await writeFile(command, `#!/bin/sh\nexec '${process.execPath}' '${LAUNCHER}' "$@"\n`);
  await chmod(command, 0o755);
});

beforeEach(() => {
  number += 1;
});

afterAll(async () => {
  await stage.stop();
  await folder.remove();
});

function id(): string {
  return `job-${number}`;
}

/** A version that runs nowhere yet. */
function next(): Inputs {
  return {
    environment: 'staging',
    component: `api=registry.example.com/shop/api:2.5.${number}`,
    reason: `it's "2.5.${number}"; $(touch injected) \`touch injected\``,
  };
}

function place(system: Readonly<Record<string, string>>) {
  const path = [join(folder.path, 'bin'), '/usr/bin', '/bin'].join(':');
  const env = { PATH: path, HOME: folder.path, ...stage.temporalEnv, ...system };
  return { cwd: folder.path, env };
}

function github(inputs: Inputs, onStep?: (process: JobProcess) => void) {
  return runAction({
    ...place(GITHUB),
    inputs: { 'request-id': id(), ...inputs },
    onStep: (name, step) => {
      if (name === 'Deploy') onStep?.(step);
    },
  });
}

function gitlab(inputs: Inputs) {
  const all = { image: 'fairlead', 'request-id': id(), ...inputs };
  return startJob(all, place(GITLAB));
}

function untilAsking(): Promise<unknown> {
  return stage.until(id(), ({ phase }) => phase === 'awaiting-approval', 'its question');
}

async function abortHeld(): Promise<void> {
  await run(['abort', id()], place({}));
  await stage.until(id(), ({ outcome }) => outcome !== undefined, 'its end');
}

/** Has the step of a deployment that asks get a signal; before that, something else may be tried. */
async function endHeld<T>(
  inputs: Inputs,
  { signal, meanwhile }: { signal: (pid: number) => void; meanwhile?: () => Promise<T> },
) {
  let step: JobProcess | undefined;
  const running = github({ ...next(), ...HELD, ...inputs }, (process) => (step = process));
  await untilAsking();
  const other = await meanwhile?.();
  signal(step?.pid ?? NaN);
  return { ended: await running, other };
}

/** A cancelled step of GitHub's gets SIGINT first, its own process alone. */
function cancel(pid: number): void {
  process.kill(pid, 'SIGINT');
}

describe('the GitHub action', () => {
  it('deploys, and gives its outputs and a summary with the verdicts of the steps', async () => {
    const inputs = next();

    const done = await github(inputs);

    expect(done).toMatchObject({
      exitCode: 0,
      outputs: { 'deployment-id': id(), outcome: 'succeeded' },
    });
    expect(JSON.parse(done.outputs['record'] ?? '')).toMatchObject({
      ...{ deploymentId: id(), actor: 'kim', reason: inputs['reason'] },
      ci: { provider: 'GitHub Actions', url: 'https://github.com/acme/shop/actions/runs/4711' },
    });
    expect(done.summary).toMatch(/^### ✔ succeeded: staging\/shop\n/);
    expect(done.summary).toContain('| 1 | weight 10% | pass |\n| 2 | weight 50% | pass |\n');
    await expect(readFile(join(folder.path, 'injected'))).rejects.toThrow('ENOENT');
  });

  it('fails with the outputs of what was rolled back', async () => {
    const inputs = { ...next(), component: BAD, 'disable-notifications': 'true' };

    const done = await github(inputs);

    expect(done).toMatchObject({ exitCode: 3, outputs: { outcome: 'rolled-back' } });
    expect(done.summary).toMatch(
      /^### ↺ rolled back: [^]*CrashLoopBackOff[^]*\| 1 \| .* \| fail \|/,
    );
    expect(stage.messages(id())).toEqual([]);
  });

  it('leaves the deployment running when the job is cancelled, and says so; a second one is refused meanwhile', async () => {
    const { ended: cancelled, other } = await endHeld(
      {},
      {
        signal: cancel,
        meanwhile: () => github({ ...next(), 'request-id': 'second' }),
      },
    );

    expect(other).toMatchObject({
      exitCode: 5,
      outputs: { 'deployment-id': '', outcome: 'refused' },
      summary: expect.stringMatching(/^### ⊘ refused\n[^]*is busy/),
    });
    expect(cancelled).toMatchObject({
      exitCode: 7,
      log: expect.stringContaining(`Detached; deployment ${id()} goes on`),
      outputs: { 'deployment-id': id(), outcome: '' },
    });
    expect(cancelled.summary).toMatch(/^### goes on: staging\/shop\n[^]*\| 2 \| approval \| on \|/);
    expect(await stage.record(id())).toMatchObject({ phase: 'awaiting-approval' });
    await abortHeld();
  });

  it('aborts the deployment of a cancelled job where that was chosen', async () => {
    const { ended: cancelled } = await endHeld({ 'on-cancel': 'abort' }, { signal: cancel });

    expect(cancelled).toMatchObject({ exitCode: 3, outputs: { outcome: 'rolled-back' } });
    expect(cancelled.summary).toContain('abort by kim: the caller was interrupted');
    expect(cancelled.summary).toContain('| 2 | approval | aborted |');
  });

  it('tells the ID of a deployment whose job was killed', async () => {
    const kill = (pid: number) => process.kill(-pid, 'SIGKILL');

    const { ended: killed } = await endHeld({}, { signal: kill });

    expect(killed).toMatchObject({ exitCode: null, outputs: { 'deployment-id': id() } });
    expect(killed.summary).toContain('This job did not see its end');
    await abortHeld();
  });

  it('runs a command as a deployment', async () => {
    const script = 'echo "at $FAIRLEAD_DEPLOYMENT_ID"\nfalse\necho not reached\n';
    const inputs = { command: 'run', environment: 'staging', application: 'infra' };

    const done = await github({ ...inputs, run: script, rollback: 'echo "back"' });

    expect(done).toMatchObject({
      exitCode: 1,
      outputs: { 'deployment-id': id(), outcome: 'rolled-back' },
      log: expect.not.stringContaining('not reached'),
    });
    expect(done.log).toContain(`at ${id()}\n`);
    expect(JSON.parse(done.outputs['record'] ?? '')).toMatchObject({ source: 'command' });
    expect(done.summary).toMatch(
      /^### ↺ rolled back: staging\/infra\n[^]*```\nat job-\d+\nback\n```/,
    );
  });
});

describe('the GitLab job', () => {
  it('deploys, and leaves variables and artifacts', async () => {
    const reason = `it's "2.5" of $CI_COMMIT_SHA`;

    const { exitCode, dotenv, folder: report } = await gitlab({ ...next(), reason }).ended;

    expect(exitCode).toBe(0);
    expect(dotenv).toEqual({
      FAIRLEAD_DEPLOYMENT_ID: id(),
      FAIRLEAD_OUTCOME: 'succeeded',
      FAIRLEAD_RECORD: 'fairlead-report/record.json',
    });
    expect(JSON.parse(await readFile(join(report, 'record.json'), 'utf8'))).toMatchObject({
      reason: `it's "2.5" of ${GITLAB.CI_COMMIT_SHA}`,
      ci: { provider: 'GitLab CI', url: GITLAB.CI_JOB_URL, commit: GITLAB.CI_COMMIT_SHA },
    });
    expect(await readFile(join(report, 'summary.md'), 'utf8')).toContain(
      '| 2 | weight 50% | pass |',
    );
  });

  it('leaves the deployment running when the job is cancelled', async () => {
    const job = gitlab({ ...next(), config: 'fairlead.yaml approval.yaml' });
    await untilAsking();
    process.kill(-job.pid, 'SIGTERM');
    const { log, dotenv } = await job.ended;

    expect(log).toContain(`Detached; deployment ${id()} goes on`);
    expect(dotenv).toMatchObject({ FAIRLEAD_DEPLOYMENT_ID: id() });
    expect(dotenv).not.toHaveProperty('FAIRLEAD_OUTCOME');
    expect(await stage.record(id())).toMatchObject({ phase: 'awaiting-approval' });
    await abortHeld();
  });

  it('runs a command as a deployment, whose variables are the shell’s', async () => {
    const inputs = { command: 'run', environment: 'staging', application: 'infra' };

    const job = gitlab({ ...inputs, run: `n=7; echo 'a "b"'; exit $n` });
    const { exitCode, log, dotenv } = await job.ended;

    expect({ exitCode, log, dotenv }).toMatchObject({
      ...{ exitCode: 7, log: expect.stringContaining('a "b"\n') },
      dotenv: { FAIRLEAD_DEPLOYMENT_ID: id(), FAIRLEAD_OUTCOME: 'failed' },
    });
  });
});

it('deploys by the Jenkins snippet', async () => {
  const parameters = { ENVIRONMENT: 'staging', IMAGE: 'registry.example.com/shop/api:2.4.4' };
  const jenkins = {
    JENKINS_URL: 'https://ci.example.com/',
    BUILD_URL: 'https://ci.example.com/4/',
  };
  const build = { ON_CANCEL: 'detach', BUILD_TAG: 'jenkins-shop-4', BUILD_ID: '4' };
  const { env, cwd } = place({ ...parameters, ...jenkins, ...build });

  const { exitCode } = await startProcess(['sh', '-xec', readJenkinsScript()], { cwd, env }).ended;

  expect(exitCode).toBe(0);
  const record: unknown = JSON.parse(
    await readFile(join(cwd, 'fairlead-report/record.json'), 'utf8'),
  );
  expect(record).toMatchObject({
    ...{ outcome: 'succeeded', reason: 'jenkins-shop-4' },
    components: [{ image: parameters.IMAGE }],
    ci: { provider: 'Jenkins', url: jenkins.BUILD_URL },
  });
});
