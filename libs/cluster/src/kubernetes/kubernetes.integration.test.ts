import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startKubernetesHarness } from '@fairlead/testing/cluster';
import type { KubernetesHarness } from '@fairlead/testing/cluster';
import { waitFor } from '@fairlead/testing/servers';
import { checkCluster } from '../check-cluster.ts';
import { describeCluster } from '../contract-suite/contract-suite.ts';
import type { Access } from '../port.ts';
import { ALL_ACCESS, LEASE_ACCESS } from '../snapshot/permissions.ts';
import { createKubernetesCluster } from './kubernetes-cluster.ts';
import type { KubernetesCluster } from './kubernetes-cluster.ts';

let harness: KubernetesHarness<KubernetesCluster>;

beforeAll(async () => {
  harness = await startKubernetesHarness((kubeconfig) => createKubernetesCluster({ kubeconfig }));
});

afterAll(() => harness.stop());

describeCluster('the Kubernetes cluster', () => harness);

describe('what pods use', () => {
  // Of the shape that metrics-server serves; here its objects are kept as any others.
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: 'pods.metrics.k8s.io',
      annotations: { 'api-approved.kubernetes.io': 'unapproved, in tests alone' },
    },
    spec: {
      group: 'metrics.k8s.io',
      scope: 'Namespaced',
      names: { plural: 'pods', kind: 'PodMetrics', listKind: 'PodMetricsList' },
      versions: [
        {
          ...{ name: 'v1beta1', served: true, storage: true },
          schema: {
            openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
          },
        },
      ],
    },
  };

  it('is read where somebody serves it, and is none of where nobody does any more', async () => {
    const { cluster, server } = harness;
    const namespace = await harness.createNamespace();
    const timestamp = '2026-01-02T03:04:05Z';
    await server.kubectl(['apply', '-f', '-'], JSON.stringify(definition));
    try {
      await server.kubectl(['wait', '--for=condition=Established', 'crd/pods.metrics.k8s.io']);
      const usage = { cpu: '250m', memory: '64Mi' };
      const object = {
        ...{ apiVersion: 'metrics.k8s.io/v1beta1', kind: 'PodMetrics' },
        ...{ metadata: { name: 'api-1', namespace }, timestamp, window: '15s' },
        containers: [{ name: 'api', usage }],
      };
      await server.kubectl(['create', '-f', '-'], JSON.stringify(object));

      expect(await cluster.podUsage(namespace)).toEqual([
        {
          ...{ pod: 'api-1', at: timestamp },
          containers: [{ name: 'api', cpu: 0.25, memory: 64 * 2 ** 20 }],
        },
      ]);
    } finally {
      await server.kubectl(['delete', 'crd', 'pods.metrics.k8s.io']);
    }
    await waitFor(async () => (await cluster.podUsage(namespace)) === undefined, {
      ...{ deadlineMs: 60_000, what: 'nobody to serve it' },
    });
  });
});

/** What a role of deploy/kubernetes/base grants. */
async function grantedBy(...role: readonly string[]): Promise<string[]> {
  const text = await harness.server.kubectl(['get', ...role, '-o', 'json']);
  const { rules } = JSON.parse(text) as {
    rules: { apiGroups: string[]; resources: string[]; verbs: string[] }[];
  };
  return rules
    .flatMap(({ apiGroups, resources, verbs }) =>
      apiGroups.flatMap((group) =>
        resources.flatMap((resource) => verbs.map((verb) => `${verb} ${group}/${resource}`)),
      ),
    )
    .sort();
}

function named(needed: readonly Access[]): string[] {
  return needed.map(({ verb, group, resource }) => `${verb} ${group}/${resource}`).sort();
}

describe('deploy/kubernetes/base/lease-role.yaml', () => {
  it('lists exactly the verbs that are used', async () => {
    const namespace = await harness.createNamespace();
    await harness.grantLeases(namespace);

    const granted = await grantedBy('role', 'fairlead-lease', '--namespace', namespace);

    expect(granted).toEqual(named(LEASE_ACCESS));
  });

  it('is what doctor finds to be granted, or not', async () => {
    const [ours, other] = [await harness.createNamespace(), await harness.createNamespace()];
    await harness.grantLeases(ours);
    const place = { cluster: 'eu', namespaces: [] };

    expect(await checkCluster(place, harness.cluster, ours)).toMatchObject([{ state: 'ok' }]);
    expect(await checkCluster(place, harness.cluster, other)).toMatchObject([{ state: 'warn' }]);
  });
});

describe('deploy/kubernetes/base/cluster-role.yaml', () => {
  it('lists exactly the verbs that are used', async () => {
    expect(await grantedBy('clusterrole', 'fairlead-cluster')).toEqual(named(ALL_ACCESS));
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

    // Leases are the other role's, and suites beside this one have workers without it.
    const forbidden = entries.filter(
      ({ requestURI, responseStatus }) =>
        responseStatus?.code === 403 && !requestURI.includes('/leases/'),
    );

    expect(entries.length).toBeGreaterThan(100);
    expect(forbidden.map(({ verb, requestURI }) => `${verb} ${requestURI}`)).toEqual([]);
  });
});
