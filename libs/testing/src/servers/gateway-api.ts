import { join } from 'node:path';

import { TEST_CLUSTER_DIRECTORY } from '../../../../tools/setup/index.ts';
import type { Kubectl } from './kubectl.ts';

/** Server-side: HTTPRoute's definition is too long for the annotation that client-side apply keeps. */
export async function installGatewayApi(kubectl: Kubectl): Promise<void> {
  const directory = join(TEST_CLUSTER_DIRECTORY, 'gateway-api');
  const names = await kubectl(['apply', '--server-side', '-o', 'name', '-f', directory]);
  const definitions = names.trim().split('\n');
  await kubectl(['wait', '--for=condition=Established', '--timeout=30s', ...definitions]);
}

interface Route {
  metadata: { generation: number };
  spec: { parentRefs?: unknown[] };
}

/** Plays the gateway's controller, which is not here: every parent has accepted the route as it is now. */
export async function acceptRoute(
  kubectl: Kubectl,
  namespace: string,
  name: string,
): Promise<void> {
  const route = ['httproute.gateway.networking.k8s.io', name, '--namespace', namespace];
  const { metadata, spec } = JSON.parse(await kubectl(['get', ...route, '-o', 'json'])) as Route;
  const condition = (type: string, reason: string) => ({
    type,
    status: 'True',
    reason,
    message: '',
    observedGeneration: metadata.generation,
    lastTransitionTime: new Date().toISOString(),
  });
  const parents = (spec.parentRefs ?? []).map((parentRef) => ({
    parentRef,
    controllerName: 'fairlead.test/gateway-controller',
    conditions: [condition('Accepted', 'Accepted'), condition('ResolvedRefs', 'ResolvedRefs')],
  }));
  const patch = JSON.stringify({ status: { parents } });
  await kubectl(['patch', ...route, '--subresource=status', '--type=merge', '--patch', patch]);
}
