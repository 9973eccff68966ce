import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startKubernetesHarness } from '@fairlead/testing/cluster';
import type { KubernetesHarness } from '@fairlead/testing/cluster';
import { checkCluster } from '../check-cluster.ts';
import { describeCluster } from '../contract-suite/contract-suite.ts';
import { ALL_ACCESS } from '../snapshot/permissions.ts';
import { createKubernetesCluster } from './kubernetes-cluster.ts';
import type { KubernetesCluster } from './kubernetes-cluster.ts';

let harness: KubernetesHarness<KubernetesCluster>;

beforeAll(async () => {
  harness = await startKubernetesHarness((kubeconfig) => createKubernetesCluster({ kubeconfig }));
});

afterAll(() => harness.stop());

describeCluster('the Kubernetes cluster', () => harness);

describe('deploy/kubernetes/base/cluster-role.yaml', () => {
  it('lists exactly the verbs that are used', async () => {
    const text = await harness.server.kubectl([
      'get',
      'clusterrole',
      'fairlead-cluster',
      '-o',
      'json',
    ]);
    const { rules } = JSON.parse(text) as {
      rules: { apiGroups: string[]; resources: string[]; verbs: string[] }[];
    };
    const granted = rules.flatMap(({ apiGroups, resources, verbs }) =>
      apiGroups.flatMap((group) =>
        resources.flatMap((resource) => verbs.map((verb) => `${verb} ${group}/${resource}`)),
      ),
    );
    const needed = ALL_ACCESS.map(({ verb, group, resource }) => `${verb} ${group}/${resource}`);

    expect(granted.sort()).toEqual(needed.sort());
  });

  it('is what doctor finds to be granted', async () => {
    const place = { cluster: 'eu', namespaces: ['default'] };

    expect(await checkCluster(place, harness.cluster)).toEqual([
      {
        name: 'cluster eu, default',
        state: 'ok',
        detail: expect.stringMatching(/^v1\.\d+\.\d+\S* answers, and allows/),
      },
    ]);
  });

  it('is enough for this whole suite: nothing was forbidden', async () => {
    const entries = await harness.server.auditEntries({ user: 'fairlead' });

    const forbidden = entries.filter(({ responseStatus }) => responseStatus?.code === 403);

    expect(entries.length).toBeGreaterThan(100);
    expect(forbidden.map(({ verb, requestURI }) => `${verb} ${requestURI}`)).toEqual([]);
  });
});
