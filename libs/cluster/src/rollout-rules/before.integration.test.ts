import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startKubernetesHarness } from '@fairlead/testing/cluster';
import type { KubernetesHarness, WorkloadFixture } from '@fairlead/testing/cluster';
import type { ClusterSnapshot, SnapshotRequest } from '@fairlead/contracts';
import {
  createRunner,
  NEW_IMAGE,
  OLD_IMAGE,
  planCanary,
  ROUTE,
} from '../contract-suite/harness.ts';
import { createKubernetesCluster } from '../kubernetes/index.ts';
import type { KubernetesCluster } from '../kubernetes/index.ts';

let harness: KubernetesHarness<KubernetesCluster>;

beforeAll(async () => {
  harness = await startKubernetesHarness((kubeconfig) => createKubernetesCluster({ kubeconfig }));
});

afterAll(() => harness.stop());

/** `api` at the old image, with what a case needs to be special. */
async function seeded(fixture: Partial<WorkloadFixture> = {}): Promise<string> {
  const namespace = await harness.createNamespace();
  await harness.seedWorkload({ namespace, name: 'api', image: OLD_IMAGE, replicas: 2, ...fixture });
  return namespace;
}

async function refusalsOf(
  namespace: string,
  request: Partial<SnapshotRequest> = {},
): Promise<ClusterSnapshot['refusals']> {
  const run = createRunner(harness.cluster);
  return (await run.snapshot({ namespace, ...request })).refusals;
}

/** Everything that Fairlead wrote in a namespace, by the API server's own log. */
async function writesIn(namespace: string): Promise<string[]> {
  const entries = await harness.server.auditEntries({ user: 'fairlead', namespace });
  return entries
    .filter(({ verb }) => isWrite(verb))
    .map(({ verb, objectRef }) => `${verb} ${objectRef?.resource ?? ''}`);
}

function isWrite(verb: string): boolean {
  return !['get', 'list', 'watch'].includes(verb);
}

describe('"Containers by name, never by index"', () => {
  const proxy = { name: 'proxy', image: 'registry.test/proxy:1' };
  const migrate = { name: 'migrate', image: OLD_IMAGE };
  const podSpec = {
    initContainers: [migrate],
    containers: [proxy, { name: 'server', image: OLD_IMAGE }],
  };

  it('"a migration beside its server moves with it", the sidecar that comes first does not', async () => {
    const namespace = await seeded({ podSpec });
    const run = createRunner(harness.cluster);
    const { components } = await run.snapshot({ namespace, type: 'rolling' });
    const [component] = components;

    await run.apply(
      namespace,
      components.map((one) => ({ kind: 'images', component: one, to: 'new' })),
    );

    const written = await harness.cluster.workload({ namespace, name: 'api' });
    expect(component?.images.map(({ container, init }) => [container, init])).toEqual([
      ['migrate', true],
      ['server', false],
    ]);
    expect(written?.template.spec.initContainers?.map(({ image }) => image)).toEqual([NEW_IMAGE]);
    expect(written?.template.spec.containers.map(({ image }) => image)).toEqual([
      proxy.image,
      NEW_IMAGE,
    ]);
  });

  it('"None: error that lists names and images"', async () => {
    const namespace = await seeded({ podSpec });
    const image = 'registry.test/other:2';

    const refusals = await refusalsOf(namespace, {
      components: [{ name: 'api', workload: 'api', image, after: [] }],
    });

    expect(refusals.map(({ type }) => type)).toEqual(['image-matches-no-container']);
    expect(refusals[0]?.message).toContain(
      `migrate (${OLD_IMAGE}), proxy (${proxy.image}), server (${OLD_IMAGE})`,
    );
  });

  it('"`containers: [name, …]` in the component decides otherwise"', async () => {
    const namespace = await seeded({ podSpec });

    const { components } = await createRunner(harness.cluster).snapshot({
      namespace,
      components: [
        {
          name: 'api',
          workload: 'api',
          image: 'registry.test/x:1',
          containers: ['proxy'],
          after: [],
        },
      ],
    });

    expect(components[0]?.images.map(({ container }) => container)).toEqual(['proxy']);
  });
});

describe('"Refused before any write"', () => {
  const gateway = { router: 'gateway-api', route: ROUTE } as const;

  it.each<[string, string, Partial<WorkloadFixture>, Partial<SnapshotRequest>, string]>([
    ['no such Kubernetes Deployment', 'workload-missing', {}, unknown(), 'there is no Kubernetes'],
    ['paused', 'workload-paused', {}, {}, 'rollout resume'],
    [
      'managed by GitOps',
      'workload-managed',
      { annotations: { 'argocd.argoproj.io/tracking-id': 'shop' } },
      {},
      'Argo CD',
    ],
    [
      'managed by GitOps',
      'workload-managed',
      { labels: { 'kustomize.toolkit.fluxcd.io/name': 'shop' } },
      {},
      'Flux',
    ],
    [
      'managed by a foreign canary controller',
      'workload-managed',
      { annotations: { 'rollout.argoproj.io/revision': '1' } },
      {},
      'Argo Rollouts',
    ],
    ["a router's object missing", 'route-missing', {}, { traffic: gateway }, 'HTTPRoute shop'],
    [
      "a template's ConfigMap missing",
      'dependency-missing',
      { container: { envFrom: [{ configMapRef: { name: 'settings' } }] } },
      {},
      'ConfigMap settings',
    ],
    [
      "a template's Secret missing",
      'dependency-missing',
      { podSpec: { volumes: [{ name: 'keys', secret: { secretName: 'keys' } }] } },
      {},
      'Secret keys',
    ],
    [
      'strategy Recreate',
      'strategy-unsupported',
      { spec: { strategy: { type: 'Recreate' } } },
      {},
      'Recreate',
    ],
    ['no replicas', 'strategy-unsupported', { replicas: 0 }, {}, '0 replicas'],
  ])('%s (%s)', async (_rule, type, fixture, request, quoted) => {
    const namespace = await seeded(fixture);
    if (type === 'workload-paused') {
      await harness.fixtures.edit('deployments', namespace, 'api', { spec: { paused: true } });
    }

    const refusals = await refusalsOf(namespace, request);

    expect(refusals.map((refusal) => refusal.type)).toEqual([type]);
    expect(refusals[0]?.message).toContain(quoted);
    expect(await writesIn(namespace)).toEqual([]);
  });

  function unknown(): Partial<SnapshotRequest> {
    return { components: [{ name: 'web', workload: 'web', image: NEW_IMAGE, after: [] }] };
  }

  it('"`allow_managed: true` overrides"; plain Helm is no manager', async () => {
    const managed = await seeded({ labels: { 'helm.toolkit.fluxcd.io/name': 'shop' } });
    const helm = await seeded({
      labels: { 'app.kubernetes.io/managed-by': 'Helm' },
      annotations: { 'meta.helm.sh/release-name': 'shop' },
    });

    expect(await refusalsOf(managed, { allowManaged: true })).toEqual([]);
    expect(await refusalsOf(helm)).toEqual([]);
  });

  it('optional ConfigMaps and Secrets may be missing', async () => {
    const optional = { name: 'settings', optional: true };
    const namespace = await seeded({ container: { envFrom: [{ configMapRef: optional }] } });

    expect(await refusalsOf(namespace)).toEqual([]);
  });

  it("a router's object not accepted, with the gateway's words", async () => {
    const namespace = await seeded();
    await harness.seedRoute({ namespace, name: ROUTE, service: 'api' });
    const [parent] = (
      await harness.fixtures.get<{ status: { parents: { conditions: object[] }[] } }>(
        'httproutes',
        namespace,
        ROUTE,
      )
    ).status.parents;
    const conditions = parent?.conditions.map((one) => ({
      ...one,
      status: 'False',
      reason: 'NotAllowedByListeners',
    }));
    await harness.fixtures.editStatus('httproutes', namespace, ROUTE, {
      parents: [{ ...parent, conditions }],
    });

    const refusals = await refusalsOf(namespace, { traffic: gateway });

    expect(refusals.map(({ type }) => type)).toContain('route-not-accepted');
    expect(refusals[0]?.message).toContain('NotAllowedByListeners');
  });

  it('no permission at all: the namespace, and how the role is bound there', async () => {
    const namespace = await seeded();
    const other = createKubernetesCluster({ kubeconfig: await harness.fixtures.nobody() });

    const { refusals } = await createRunner(other).snapshot({ namespace });
    other.close();

    expect(refusals.map(({ type }) => type)).toEqual(['permission-missing']);
    expect(refusals[0]?.message).toBe(
      `may do nothing in ${namespace} (role fairlead-cluster is not bound there); ` +
        'bind it as deploy/kubernetes/managed-namespace does',
    );
  });

  it('"no room in a ResourceQuota for the surge or the canary (computed, with the figures)"', async () => {
    const resources = { requests: { cpu: '500m', memory: '256Mi' } };
    const namespace = await seeded({ replicas: 4, container: { resources } });
    const hard = { pods: '10', 'requests.cpu': '2500m' };
    await harness.fixtures.create('resourcequotas', namespace, {
      metadata: { name: 'small' },
      spec: { hard },
    });
    await harness.fixtures.waitForQuota(namespace, 'small');

    const canary = await refusalsOf(namespace);
    const rolling = await refusalsOf(namespace, { type: 'rolling' });

    // Canary at 50 % of 4 and a surge of 1: three pods of 500m; 2 of 2.5 cores are used.
    expect(canary.map(({ type }) => type)).toEqual(['quota-exceeded']);
    expect(canary[0]?.message).toContain('has 0.5 of 2500m requests.cpu free, 1.5 more are needed');
    expect(rolling).toEqual([]);
  });

  it('a weight that the route cannot show', async () => {
    const namespace = await seeded();
    await harness.seedRoute({
      namespace,
      name: ROUTE,
      service: 'api',
      weight: 3,
      others: { web: 1 },
    });

    const refusals = await refusalsOf(namespace, { traffic: gateway });

    expect(refusals.map(({ type }) => type)).toEqual(['weight-not-representable']);
    expect(refusals[0]?.message).toContain('3 of 4 parts, and 10 % of 3 is 0.3');
  });

  it.each<[Partial<SnapshotRequest>]>([
    [{ type: 'blue-green' }],
    [{ traffic: { router: 'nginx', ingress: 'shop' } }],
  ])('what is not built yet: %j', async (request) => {
    const namespace = await seeded();

    expect((await refusalsOf(namespace, request)).map(({ type }) => type)).toEqual([
      'type-unsupported',
    ]);
  });
});

describe('"Same images as now: nothing to do, success"', () => {
  it('with no refusal even where a change would be refused', async () => {
    const namespace = await seeded();
    await harness.fixtures.edit('deployments', namespace, 'api', { spec: { paused: true } });

    const { components, refusals } = await createRunner(harness.cluster).snapshot({
      namespace,
      components: [{ name: 'api', workload: 'api', image: OLD_IMAGE, after: [] }],
    });

    expect(refusals).toEqual([]);
    expect(components.map(({ images }) => images)).toEqual([[]]);
  });

  it('"Same images as the deployment that was rolled back an hour ago: deployed as any other"', async () => {
    const { namespace, component, run } = await planCanary(harness);
    await run.apply(namespace, [{ kind: 'images', component, to: 'new' }]);
    await run.apply(namespace, [{ kind: 'images', component, to: 'old' }]);

    const { components, refusals } = await run.snapshot({ namespace });

    expect(refusals).toEqual([]);
    expect(components[0]?.images).toEqual(component.images);
  });
});

describe('Autoscalers: what goes before their own issue', () => {
  async function withAutoscaler(): Promise<string> {
    const namespace = await seeded({ replicas: 3 });
    await harness.seedRoute({ namespace, name: ROUTE, service: 'api' });
    const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' };
    const metrics = [
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
      },
    ];
    await harness.fixtures.create('horizontalpodautoscalers', namespace, {
      metadata: { name: 'api' },
      spec: { scaleTargetRef, minReplicas: 2, maxReplicas: 9, metrics },
    });
    return namespace;
  }

  it('a component that an HPA owns is refused for canary by router replicas, with the reason', async () => {
    const refusals = await refusalsOf(await withAutoscaler());

    expect(refusals.map(({ type }) => type)).toEqual(['autoscaler-unsupported']);
    expect(refusals[0]?.message).toContain('belong to the autoscaler api');
  });

  it('"Where one owns the stable\'s replicas, Fairlead never writes them": by gateway-api it goes', async () => {
    const namespace = await withAutoscaler();
    const run = createRunner(harness.cluster);
    const { components, refusals } = await run.snapshot({ namespace, traffic: gatewayTraffic() });
    await harness.editReplicas(namespace, 'api', 5);

    for (const component of components) {
      await run.apply(namespace, [{ kind: 'scale', component, replicas: 1, from: [3] }]);
    }

    const stable = await harness.cluster.workload({ namespace, name: 'api' });
    expect(refusals).toEqual([]);
    expect(components[0]?.autoscaler).toEqual({ name: 'api', minReplicas: 2, maxReplicas: 9 });
    expect(stable?.replicas).toBe(5);
    expect(await writesIn(namespace)).toEqual([]);
  });

  function gatewayTraffic() {
    return { router: 'gateway-api', route: ROUTE } as const;
  }
});
