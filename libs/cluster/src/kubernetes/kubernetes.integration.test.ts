import { afterAll, beforeAll } from '@jest/globals';
import { startTestCluster } from '@fairlead/testing/servers';
import type { TestCluster } from '@fairlead/testing/servers';
import { describeCluster } from '../contract-suite/contract-suite.ts';
import type { ClusterHarness } from '../contract-suite/harness.ts';
import { createKubernetesHarness } from '../rollout-rules/kubernetes-harness.ts';
import type { KubernetesHarness } from '../rollout-rules/kubernetes-harness.ts';

let server: TestCluster;
let harness: KubernetesHarness;

beforeAll(async () => {
  server = await startTestCluster({ gatewayApi: true });
  harness = createKubernetesHarness(server);
  await harness.fixtures.grantFairlead();
});

afterAll(async () => {
  harness.close();
  await server.stop();
});

describeCluster('the Kubernetes cluster', (): ClusterHarness => harness);
