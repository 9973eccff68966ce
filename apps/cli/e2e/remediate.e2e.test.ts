import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IssueView } from '@fairlead/contracts';
import { CRASH, startClusterStage, untilIssue } from '@fairlead/testing/e2e';
import type { ClusterStage, SeededTarget } from '@fairlead/testing/e2e';
import { createFolder } from './fairlead.ts';
import { openShell } from './shell.ts';
import type { Shell } from './shell.ts';

/** Kubernetes Deployments of one pod each: a test breaks one of its own. */
const COMPONENTS = ['mended', 'well', 'proposed'] as const;
type Component = (typeof COMPONENTS)[number];

let stage: ClusterStage;
let target: SeededTarget;
let folder: Awaited<ReturnType<typeof createFolder>>;
let shell: Shell;

beforeAll(async () => {
  stage = await startClusterStage();
  target = await stage.seedTarget({ replicas: 1 });
  const { namespace, application } = target;
  const image = 'registry.test/api:1';
  await Promise.all(
    COMPONENTS.map((name) => stage.fixtures.seedWorkload({ namespace, name, image, replicas: 1 })),
  );
  folder = await createFolder({
    'fairlead.yaml': `application: ${application}
components: ${JSON.stringify(COMPONENTS.map((name) => ({ name, image })))}
environments: { staging: { namespace: ${namespace} } }
remediation:
  auto_remediate: false
  cooldown_period: 0
  verify_for: 1s
  actions: { restart_pod: {} }
`,
  });
  shell = openShell({ cwd: folder.path, env: { ...stage.temporalEnv, FAIRLEAD_ACTOR: 'kim' } });
  await stage.startWorker([
    ...['--kubeconfig', stage.cluster.kubeconfigs.fairlead],
    ...['--config', join(folder.path, 'fairlead.yaml')],
  ]);
});

afterAll(async () => {
  await shell.close();
  await stage.stop();
  await folder.remove();
});

function fairlead(...args: readonly string[]) {
  return shell.fairlead(...args);
}

interface Pod {
  readonly metadata: { readonly name: string };
}

async function podsOf(component: Component): Promise<readonly string[]> {
  const all = await stage.fixtures.list<Pod>('pods', target.namespace);
  return all.map(({ metadata }) => metadata.name).filter((name) => name.startsWith(component));
}

async function podOf(component: Component): Promise<string> {
  const [name = ''] = await podsOf(component);
  return name;
}

function crash(pod: string): Promise<void> {
  return stage.fixtures.edit('pods', target.namespace, pod, CRASH);
}

/** The component's issue, as the command lists it once the target has it in this state. */
async function listedOnce(component: Component, state: IssueView['state']) {
  const key = `pod_crash/${component}`;
  await untilIssue(stage, { application: target.application, key }, (one) => one.state === state);
  const { stdout } = await fairlead('list', '--remediations', '-a', target.application, '--json');
  const { issues } = JSON.parse(stdout) as { issues: readonly IssueView[] };
  return issues.find((issue) => issue.key === key);
}

describe('fairlead remediate', () => {
  it('mends at once, whatever `auto_remediate` says, and tells what was done', async () => {
    const pod = await podOf('mended');
    await crash(pod);
    const seen = await listedOnce('mended', 'proposed');
    await fairlead('dismiss', 'pod_crash/mended', '-e', 'staging');

    const ended = await fairlead('remediate', 'pod_crash', '-e', 'staging', '--pod', pod);

    expect(seen?.state).toBe('proposed');
    expect(ended).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(
        new RegExp(
          `pod_crash/mended at staging/.*: healed[^]*restart_pod: helped: deleted pod ${pod}`,
        ),
      ),
    });
    expect(ended.stderr).toContain('restart_pod: helped');
    const { stdout } = await fairlead('explain', 'pod_crash/mended', '-e', 'staging', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ state: 'healed', actor: 'kim', source: 'person' });
  });

  it('does nothing to what is well, and says so', async () => {
    const pod = await podOf('well');

    const ended = await fairlead('remediate', 'pod_crash', '-e', 'staging', '--pod', pod, '--json');

    expect(ended.exitCode).toBe(0);
    expect(JSON.parse(ended.stdout)).toMatchObject({ state: 'healed', attempts: [] });
    expect(await podsOf('well')).toEqual([pod]);
  });

  it.each([
    [['--pod', 'no-such-pod'], /there is no such pod in .*, or it is already gone/],
    [['--pod', 'x', '--namespace', 'kube-system'], /kube-system belongs to the cluster itself/],
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
    await crash(await podOf('proposed'));
    const proposed = await listedOnce('proposed', 'proposed');

    const approved = await fairlead('approve', 'pod_crash/proposed', '-e', 'staging');

    expect(proposed?.state).toBe('proposed');
    expect(approved).toMatchObject({ exitCode: 0 });
    expect(await listedOnce('proposed', 'healed')).toMatchObject({ state: 'healed' });
    expect(await fairlead('approve', 'pod_crash/proposed', '-e', 'staging')).toMatchObject({
      exitCode: 5,
      stderr: expect.stringContaining(
        'issue pod_crash/proposed is healed: there is nothing to approve',
      ),
    });
  });
});
