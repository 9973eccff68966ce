import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { IssueView } from '@fairlead/contracts';
import { CRASH, startClusterStage, untilIssue } from '@fairlead/testing/e2e';
import type { ClusterStage, SeededTarget } from '@fairlead/testing/e2e';
import { waitFor } from '@fairlead/testing/servers';

/** Seconds; `npm run soak` takes those of the specification's sample. */
const COOLDOWN = Number(process.env['FAIRLEAD_SOAK_COOLDOWN'] ?? 2);
const DEADLINE_MS = 90_000 + 2_000 * COOLDOWN;

let stage: ClusterStage;

beforeAll(async () => {
  stage = await startClusterStage({ ownTemporal: true });
});

afterEach(() => stage.killWorkers());

afterAll(() => stage.stop());

interface Over {
  readonly cooldown?: number;
  readonly more?: string;
}

/** A worker whose configuration names this target alone. */
async function startWorker(
  { namespace, application }: SeededTarget,
  { cooldown = 0, more = '' }: Over = {},
) {
  const file = join(stage.directory, `${application}.yaml`);
  await writeFile(
    file,
    `application: ${application}
components: [{ name: api, image: registry.test/api:1 }]
environments: { staging: { namespace: ${namespace} } }
remediation:
  auto_remediate: true
  cooldown_period: ${cooldown}
  verify_for: 1s
  actions: { restart_pod: {}, restart_deployment: {}, scale_deployment: { max_replicas: 3 } }
${more}`,
  );
  const args = ['--kubeconfig', stage.cluster.kubeconfigs.fairlead, '--config', file];
  await stage.startWorker(args);
  return () => stage.startWorker(args);
}

interface Pod {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly deletionTimestamp?: string;
  };
  readonly status?: {
    readonly containerStatuses?: readonly {
      readonly restartCount: number;
      readonly state?: { readonly waiting?: { readonly reason?: string } };
    }[];
  };
}

async function pods(namespace: string): Promise<readonly Pod[]> {
  const all = await stage.fixtures.list<Pod>('pods', namespace);
  return all.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
}

async function onePod(namespace: string): Promise<Pod> {
  return waitFor(async () => (await pods(namespace))[0], {
    deadlineMs: DEADLINE_MS,
    what: 'a pod',
  });
}

function issueIs(application: string, isWanted: (issue: IssueView) => boolean): Promise<IssueView> {
  return untilIssue(stage, { application, key: 'pod_crash/api' }, isWanted, DEADLINE_MS);
}

describe('a pod in a crash loop', () => {
  it('is seen by the worker, replaced by another, and known to be mended', async () => {
    const target = await stage.seedTarget({ replicas: 1 });
    const pod = await onePod(target.namespace);
    await startWorker(target);

    await stage.fixtures.edit('pods', target.namespace, pod.metadata.name, CRASH);
    const issue = await issueIs(target.application, ({ state }) => state === 'healed');

    expect(issue).toMatchObject({
      ...{ key: 'pod_crash/api', source: 'watcher', pod: pod.metadata.name },
      attempts: [
        {
          ...{ action: 'restart_pod', result: 'helped' },
          detail: expect.stringContaining(`deleted pod ${pod.metadata.name}`),
          before: { healthy: false },
          after: { healthy: true },
        },
      ],
    });
    const uids = (await pods(target.namespace)).map(({ metadata }) => metadata.uid);
    expect(uids).not.toContain(pod.metadata.uid);
  });

  it(
    '"never a fourth": up the ladder and no further, although worker and server are killed in between',
    async () => {
      const target = await stage.seedTarget({ replicas: 1 });
      const restart = await startWorker(target, { cooldown: COOLDOWN });
      const { namespace } = target;
      await stage.fixtures.edit('deployments', namespace, 'api', {
        spec: { template: { metadata: { labels: { 'testcluster/fail': 'crashloop' } } } },
      });

      await issueIs(target.application, ({ attempts }) => attempts.length === 1);
      await stage.killWorkers();
      await stage.killTemporal();
      await stage.restartTemporal();
      await restart();
      const issue = await issueIs(target.application, ({ state }) => state === 'given-up');

      expect(issue.attempts.map(({ action }) => action)).toEqual([
        'restart_pod',
        'restart_deployment',
        'scale_deployment',
      ]);
      const times = issue.attempts.map(({ at }) => Date.parse(at));
      for (const [index, at] of times.slice(1).entries()) {
        expect(at - (times[index] ?? 0)).toBeGreaterThanOrEqual(1_000 * COOLDOWN);
      }
      const { spec } = await stage.fixtures.get<{ spec: { replicas: number } }>(
        'deployments',
        target.namespace,
        'api',
      );
      expect(spec.replicas).toBe(2);
    },
    2 * DEADLINE_MS,
  );
});
