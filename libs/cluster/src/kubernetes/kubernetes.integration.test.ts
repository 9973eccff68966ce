import { afterAll, beforeAll } from '@jest/globals';
import { startKubernetesHarness } from '@fairlead/testing/cluster';
import type { KubernetesHarness } from '@fairlead/testing/cluster';
import { describeCluster } from '../contract-suite/contract-suite.ts';
import { createKubernetesCluster } from './kubernetes-cluster.ts';
import type { KubernetesCluster } from './kubernetes-cluster.ts';

let harness: KubernetesHarness<KubernetesCluster>;

beforeAll(async () => {
  harness = await startKubernetesHarness((kubeconfig) => createKubernetesCluster({ kubeconfig }));
});

afterAll(() => harness.stop());

describeCluster('the Kubernetes cluster', () => harness);
