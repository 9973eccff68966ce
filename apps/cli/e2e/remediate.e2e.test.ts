import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { IssueView } from '@fairlead/contracts';
import { startClusterStage } from '@fairlead/testing/e2e';
import type { ClusterStage, SeededTarget } from '@fairlead/testing/e2e';
import { waitFor } from '@fairlead/testing/servers';
import { createFolder, run } from './fairlead.ts';

const DEADLINE_MS = 90_000;
/** Of the test cluster: this pod crashes again and again, whatever its image. */
const CRASH = {
  metadata: {
    labels: { 'testcluster/fail': 'crashloop' },
    annotations: { 'testcluster/after': '0s' },
  },
};

let stage: ClusterStage;
let target: SeededTarget;
let folder: Awaited<ReturnType<typeof createFolder>>;
let pod: string;

beforeAll(async () => {
  stage = await startClusterStage();
});

beforeEach(async () => {
  target = await stage.seedTarget({ replicas: 1 });
  const [first] = await stage.fixtures.list<{ metadata: { name: string } }>(
    'pods',
    target.namespace,
  );
  pod = first?.metadata.name ?? '';
  folder = await createFolder({
    'fairlead.yaml': `application: ${target.application}
components: [{ name: api, image: registry.test/api:1 }]
environments: { staging: { namespace: ${target.namespace} } }
remediation:
  auto_remediate: false
  cooldown_period: 0
  verify_for: 1s
  actions: { restart_pod: {} }
`,
  });
  await stage.startWorker([
    ...['--kubeconfig', stage.cluster.kubeconfigs.fairlead],
    ...['--config', join(folder.path, 'fairlead.yaml')],
  ]);
});

afterEach(async () => {
  await stage.killWorkers();
  await folder.remove();
});

afterAll(() => stage.stop());

function fairlead(...args: readonly string[]) {
  const env = { TEMPORAL_ADDRESS: stage.address, FAIRLEAD_ACTOR: 'kim' };
  return run(args, { cwd: folder.path, env });
}

function crash(): Promise<void> {
  return stage.fixtures.edit('pods', target.namespace, pod, CRASH);
}

async function listed(): Promise<readonly IssueView[]> {
  const { stdout } = await fairlead('list', '--remediations', '-a', target.application, '--json');
  return (JSON.parse(stdout) as { issues: readonly IssueView[] }).issues;
}

describe('fairlead remediate', () => {
  it('mends at once, whatever `auto_remediate` says, and tells what was done', async () => {
    await crash();
    await waitFor(async () => (await listed())[0]?.state === 'proposed', {
      deadlineMs: DEADLINE_MS,
      what: 'the worker to see it',
    });
    await fairlead('dismiss', 'pod_crash/api', '-e', 'staging');

    const ended = await fairlead('remediate', 'pod_crash', '-e', 'staging', '--pod', pod);

    expect(ended).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(
        new RegExp(
          `pod_crash/api at staging/.*: healed[^]*restart_pod: helped: deleted pod ${pod}`,
        ),
      ),
    });
    expect(ended.stderr).toContain('restart_pod: helped');
    const { stdout } = await fairlead('explain', 'pod_crash/api', '-e', 'staging', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ state: 'healed', actor: 'kim', source: 'person' });
  });

  it('does nothing to what is well, and says so', async () => {
    const ended = await fairlead('remediate', 'pod_crash', '-e', 'staging', '--pod', pod, '--json');

    expect(ended.exitCode).toBe(0);
    expect(JSON.parse(ended.stdout)).toMatchObject({ state: 'healed', attempts: [] });
    const left = await stage.fixtures.list<{ metadata: { name: string } }>(
      'pods',
      target.namespace,
    );
    expect(left.map(({ metadata }) => metadata.name)).toEqual([pod]);
  });

  it.each([
    [['--pod', 'no-such-pod'], /there is no such pod in .*, or it is already gone/],
    [['--pod', 'x', '--namespace', 'kube-system'], /kube-system belongs to Kubernetes itself/],
    [['--pod', 'x', '--namespace', 'default'], /namespace default is not one that staging/],
    [['--deployment', 'nothing'], /nothing/],
  ])('refuses %j with exit 5 and one message', async (args, message) => {
    const ended = await fairlead('remediate', 'pod_crash', '-e', 'staging', ...args);

    expect(ended).toMatchObject({
      exitCode: 5,
      stdout: '',
      stderr: expect.stringMatching(message),
    });
    expect(ended.stderr).not.toMatch(/\n\s+at /);
  });
});

describe('a proposal', () => {
  it('"waits for `fairlead approve <issue>`", and is done then', async () => {
    await crash();
    await waitFor(async () => (await listed())[0]?.state === 'proposed', {
      deadlineMs: DEADLINE_MS,
      what: 'the proposal',
    });

    const approved = await fairlead('approve', 'pod_crash/api', '-e', 'staging');

    expect(approved).toMatchObject({ exitCode: 0 });
    await waitFor(async () => (await listed())[0]?.state === 'healed', {
      deadlineMs: DEADLINE_MS,
      what: 'the issue to heal',
    });
    expect(await fairlead('approve', 'pod_crash/api', '-e', 'staging')).toMatchObject({
      exitCode: 5,
      stderr: expect.stringContaining('issue pod_crash/api is healed: there is nothing to approve'),
    });
  });
});
