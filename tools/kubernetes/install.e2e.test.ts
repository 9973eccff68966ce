import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DeploymentRecord, LedgerView } from '@fairlead/contracts';
import { createClusterFixtures } from '@fairlead/testing/cluster';
import type { ClusterFixtures } from '@fairlead/testing/cluster';
import { NEW_IMAGE, OLD_IMAGE, ROUTE, startStage } from '@fairlead/testing/e2e';
import type { Stage } from '@fairlead/testing/e2e';
import { joinTestCluster, waitFor } from '@fairlead/testing/servers';
import type { AuditEntry, SharedCluster } from '@fairlead/testing/servers';
import { requestOf } from '@fairlead/testing/workflows';
import { testClusterPath } from '../setup/index.ts';
import { directoryOf, MANAGED_NAMESPACE, OVERLAYS, render } from './overlays.ts';
import type { Manifest, PodSpec } from './overlays.ts';

const run = promisify(execFile);

const IN_OURS = ['--namespace', 'fairlead'];
const WORKER = 'system:serviceaccount:fairlead:fairlead-worker';
const CONFIG = join(directoryOf('all-in-one'), 'fairlead.yaml');

let cluster: SharedCluster;
let fixtures: ClusterFixtures;

beforeAll(async () => {
  cluster = await joinTestCluster();
  fixtures = createClusterFixtures(cluster);
});

afterAll(async () => {
  fixtures.close();
  await cluster.stop();
});

/** As the pages say, and strictly: answers what it did. Throws for a warning too, kubectl's own or the server's. */
async function apply(directory: string, ...more: readonly string[]): Promise<string> {
  const { admin } = cluster.kubeconfigs;
  const env = {
    ...process.env,
    KUBECONFIG: admin,
    KUBECACHEDIR: join(dirname(admin), 'kubectl-cache'),
  };
  const args = ['apply', '--server-side', '--validate=strict', '-k', directory, ...more];
  const { stdout, stderr } = await run(await testClusterPath(), ['kubectl', ...args], { env });
  if (stderr !== '') throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
  return stdout;
}

describe.each(OVERLAYS)('the overlay %s', (overlay) => {
  it('is taken by the API server as it is, without a warning', async () => {
    const done = await apply(directoryOf(overlay));

    expect(done.trim().split('\n')).toEqual(
      expect.arrayContaining([
        'serviceaccount/fairlead-worker serverside-applied',
        'clusterrole.rbac.authorization.k8s.io/fairlead-cluster serverside-applied',
        'role.rbac.authorization.k8s.io/fairlead-lease serverside-applied',
        'rolebinding.rbac.authorization.k8s.io/fairlead-lease serverside-applied',
        'deployment.apps/fairlead-worker serverside-applied',
        'poddisruptionbudget.policy/fairlead-worker serverside-applied',
        'networkpolicy.networking.k8s.io/fairlead-worker serverside-applied',
      ]),
    );
  });

  it('makes pods, which the profile `restricted` lets in', async () => {
    const { manifests } = await render(overlay);
    const ours = manifests.filter(({ kind }) => kind === 'ConfigMap').map(nameOf);
    await apply(directoryOf(overlay));

    const used = await waitFor(
      async () => {
        const names = (await configMapsOfPods()).filter((name) => ours.includes(name));
        return names.length === 0 ? undefined : names;
      },
      { deadlineMs: 60_000, what: `a pod with ${ours.join(', ')}` },
    );

    expect(new Set(used)).toEqual(new Set(ours));
    expect(await labelsOf('fairlead')).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
  });
});

describe('a worker with the service account’s own token', () => {
  let stage: Stage;
  let number = 0;
  /** The namespace that its configuration names, and so that it watches. */
  let watched: string;

  beforeAll(async () => {
    await apply(directoryOf('all-in-one'));
    watched = await seededNamespace();
    await apply(MANAGED_NAMESPACE, '--namespace', watched);
    const token = await cluster.kubectl(['create', 'token', 'fairlead-worker', ...IN_OURS]);
    stage = await startStage((directory) => [
      ...['--role', 'both', '--config', join(directory, 'fairlead.yaml')],
      ...['--kubeconfig', join(directory, 'kubeconfig')],
    ]);
    await writeFile(join(stage.directory, 'kubeconfig'), await kubeconfigWith(token.trim()));
    const config = await readFile(CONFIG, 'utf8');
    await writeFile(join(stage.directory, 'fairlead.yaml'), config + remediationOf(watched));
    await stage.startWorker();
  });

  afterAll(() => stage.stop());

  async function seededNamespace(): Promise<string> {
    const namespace = await fixtures.createNamespace();
    await fixtures.seedWorkload({ namespace, name: 'api', image: OLD_IMAGE, replicas: 2 });
    await fixtures.seedRoute({ namespace, name: ROUTE, service: 'api', weight: 100 });
    return namespace;
  }

  /** A canary to its end. */
  async function deploy(
    namespace: string,
    router: 'replicas' | 'gateway-api' = 'replicas',
  ): Promise<DeploymentRecord> {
    const id = `run-${(number += 1)}`;
    const request = requestOf(id, {
      ...{ namespace, application: namespace },
      components: [{ name: 'api', workload: 'api', image: NEW_IMAGE, after: [] }],
      canary: {
        traffic: router === 'replicas' ? { router } : { router, route: ROUTE },
        steps: [{ kind: 'weight', weight: 50 }],
      },
    });
    await stage.request(request);
    await stage.result(id);
    return stage.record(id);
  }

  it.each(['replicas', 'gateway-api'] as const)(
    'completes a canary by router %s where the role is bound, and is forbidden nothing',
    async (router) => {
      const namespace = await seededNamespace();
      await apply(MANAGED_NAMESPACE, '--namespace', namespace);

      const record = await deploy(namespace, router);

      expect(record).toMatchObject({ outcome: 'succeeded', weight: 100, left: [] });
      expect(await imageIn(namespace)).toBe(NEW_IMAGE);
      const entries = await requestsTo(namespace);
      expect(entries.filter(({ responseStatus }) => responseStatus?.code === 403)).toEqual([]);
    },
  );

  it('mends a pod that its own watcher saw, with the Lease, and is forbidden nothing', async () => {
    const [pod] = await fixtures.list<Manifest>('pods', watched);
    await fixtures.crashPod(watched, pod?.metadata.name ?? '');

    const issue = await waitFor(
      async () => {
        const { issues = [] } = await stage.ledger('staging', watched).catch((): Ledger => ({}));
        return issues.find(({ state }) => state === 'healed');
      },
      { deadlineMs: 90_000, what: 'the issue to heal' },
    );

    expect(issue).toMatchObject({
      ...{ key: 'pod_crash/api', source: 'watcher', pod: pod?.metadata.name },
      attempts: [{ action: 'restart_pod', result: 'helped' }],
    });
    const { spec } = await fixtures.get<{ spec: { holderIdentity: string } }>(
      'leases',
      'fairlead',
      'fairlead-watch-default',
    );
    expect(spec.holderIdentity).toMatch(/\/both:default\/\d+_/);
    const inOurs = await cluster.auditEntries({ user: WORKER, namespace: 'fairlead' });
    expect(new Set(inOurs.map(({ objectRef }) => objectRef?.resource))).toEqual(
      new Set(['leases']),
    );
    const entries = [...inOurs, ...(await requestsTo(watched))];
    expect(entries.filter(({ responseStatus }) => responseStatus?.code === 403)).toEqual([]);
  });

  it('is refused where it is not, before anything is written', async () => {
    const namespace = await seededNamespace();

    const record = await deploy(namespace);

    expect(record).toMatchObject({
      outcome: 'refused',
      error: {
        message: expect.stringContaining(
          `may do nothing in ${namespace} (role fairlead-cluster is not bound there); ` +
            'bind it as deploy/kubernetes/managed-namespace does',
        ),
      },
    });
    expect(await imageIn(namespace)).toBe(OLD_IMAGE);
  });
});

type Ledger = Pick<LedgerView, 'issues'>;

function remediationOf(namespace: string): string {
  return `
application: ${namespace}
components: [{ name: api, image: ${OLD_IMAGE} }]
environments: { staging: { namespace: ${namespace} } }
remediation: { auto_remediate: true, verify_for: 1s, actions: { restart_pod: {} } }
`;
}

function nameOf({ metadata }: Manifest): string {
  return metadata.name;
}

async function labelsOf(namespace: string): Promise<object> {
  const labels = 'jsonpath={.metadata.labels}';
  const text = await cluster.kubectl(['get', 'namespace', namespace, '--output', labels]);
  return JSON.parse(text) as object;
}

/** Names of what the pods in our namespace take their variables and files from. */
async function configMapsOfPods(): Promise<string[]> {
  const text = await cluster.kubectl(['get', 'pods', ...IN_OURS, '--output', 'json']);
  const { items } = JSON.parse(text) as { readonly items: readonly { readonly spec: PodSpec }[] };
  return items.flatMap(({ spec: { containers, volumes } }) => [
    ...containers[0].envFrom.flatMap(({ configMapRef }) => configMapRef?.name ?? []),
    ...volumes.flatMap(({ configMap }) => configMap?.name ?? []),
  ]);
}

/** As a pod has it: the token, and the namespace. */
async function kubeconfigWith(token: string): Promise<string> {
  const text = await readFile(cluster.kubeconfigs.admin, 'utf8');
  const { users, contexts, ...config } = JSON.parse(text) as {
    readonly users: readonly object[];
    readonly contexts: readonly { readonly context: object }[];
  };
  return JSON.stringify({
    ...config,
    users: users.map((user) => ({ ...user, user: { token } })),
    contexts: contexts.map((one) => ({
      ...one,
      context: { ...one.context, namespace: 'fairlead' },
    })),
  });
}

async function imageIn(namespace: string): Promise<string> {
  return cluster.kubectl([
    ...['get', 'deployment', 'api', '--namespace', namespace, '--output'],
    'jsonpath={.spec.template.spec.containers[0].image}',
  ]);
}

/** The worker's own, once its last write, a removal, is among them. */
function requestsTo(namespace: string): Promise<AuditEntry[]> {
  return waitFor(
    async () => {
      const entries = await cluster.auditEntries({ user: WORKER, namespace });
      return entries.some(({ verb }) => verb === 'delete') ? entries : undefined;
    },
    { deadlineMs: 60_000, what: `a removal from ${namespace} in the audit log` },
  );
}
