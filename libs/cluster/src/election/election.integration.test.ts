import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createKubernetesCluster } from '@fairlead/cluster/kubernetes';
import type { KubernetesCluster } from '@fairlead/cluster/kubernetes';
import { startKubernetesHarness } from '@fairlead/testing/cluster';
import type { KubernetesHarness } from '@fairlead/testing/cluster';
import { waitFor } from '@fairlead/testing/servers';
import { standForElection } from './election.ts';
import type { ElectionNews } from './election.ts';

let harness: KubernetesHarness<KubernetesCluster>;

beforeAll(async () => {
  harness = await startKubernetesHarness((kubeconfig) => createKubernetesCluster({ kubeconfig }));
});

afterAll(() => harness.stop());

const within30s = (what: string) => ({ deadlineMs: 30_000, what });

function stand(holder: string, namespace: string) {
  const candidate = { holder, leads: false, news: [] as ElectionNews[] };
  const election = standForElection({
    ...{ holder, leases: harness.cluster, lease: { namespace, name: 'fairlead-watch-eu' } },
    told: (news) => candidate.news.push(news),
    lead: () => {
      candidate.leads = true;
      return {
        close() {
          candidate.leads = false;
        },
      };
    },
  });
  return Object.assign(candidate, { close: () => election.close() });
}

interface LeaseObject {
  readonly spec: { readonly holderIdentity?: string; readonly leaseTransitions: number };
}

describe('an election by a Lease of Kubernetes', () => {
  it('has one leader of two, and the other leads at once when it ends', async () => {
    const namespace = await harness.createNamespace();
    await harness.grantLeases(namespace);
    const both = [stand('one', namespace), stand('two', namespace)];
    await waitFor(
      () => both.every(({ news }) => news.length > 0),
      within30s('both to know who leads'),
    );

    const [leader, ...more] = both.filter(({ leads }) => leads);
    const other = both.find(({ leads }) => !leads);
    expect(more).toEqual([]);
    expect(other?.news).toEqual([{ state: 'follows', holder: leader?.holder }]);

    const endedAtMs = performance.now();
    await leader?.close();
    await waitFor(() => other?.leads, within30s('the other to lead'));
    // A retry, with its jitter; who was killed is waited for 15 s.
    expect(performance.now() - endedAtMs).toBeLessThan(10_000);
    const { spec } = await harness.fixtures.get<LeaseObject>(
      'leases',
      namespace,
      'fairlead-watch-eu',
    );
    expect(spec).toMatchObject({ holderIdentity: other?.holder, leaseTransitions: 1 });
    await other?.close();
  });

  it('is not held where the role is not bound: it leads, and says what is missing', async () => {
    const namespace = await harness.createNamespace();

    const alone = stand('one', namespace);
    await waitFor(() => alone.news.length > 0, within30s('news'));
    await alone.close();

    expect(alone.news).toEqual([
      {
        state: 'alone',
        why:
          `may not get leases in ${namespace} (role fairlead-lease lacks the verb); ` +
          'apply deploy/kubernetes/base/lease-role.yaml',
      },
    ]);
  });
});
