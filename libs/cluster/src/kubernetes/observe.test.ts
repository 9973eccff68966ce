import { expect, it } from '@jest/globals';
import type { WorkloadView } from '../objects.ts';
import type { Sight } from '../port.ts';
import { DEPLOYMENTS, PODS, REPLICA_SETS } from './api.ts';
import type { Feed } from './feed.ts';
import type { Feeds } from './feeds.ts';
import { observeWorkload } from './observe.ts';

const template = (image: string, labels: Record<string, string>) => ({
  metadata: { labels },
  spec: { containers: [{ name: 'app', image }] },
});
const meta = (name: string, owner?: string) => ({
  name,
  uid: name,
  resourceVersion: '1',
  generation: 1,
  creationTimestamp: '2026-01-01T00:00:00Z',
  ...(owner === undefined
    ? {}
    : {
        ownerReferences: [
          { apiVersion: 'apps/v1', kind: 'X', name: owner, uid: owner, controller: true },
        ],
      }),
});
const replicaSet = (name: string, image: string) => ({
  metadata: meta(name, 'api'),
  spec: { template: template(image, { app: 'api', 'pod-template-hash': name }) },
  status: { availableReplicas: 1 },
});

const OBJECTS = {
  [DEPLOYMENTS.resource]: [
    { metadata: meta('api'), spec: { selector: {}, template: template('api:2', { app: 'api' }) } },
  ],
  // The old one first: what is listed first must not matter.
  [REPLICA_SETS.resource]: [replicaSet('api-old', 'api:1'), replicaSet('api-new', 'api:2')],
  [PODS.resource]: [
    { metadata: meta('old-1', 'api-old') },
    { metadata: meta('old-2', 'api-old') },
    { metadata: meta('new-1', 'api-new') },
    { metadata: meta('stranger', 'web') },
  ],
};

const feeds: Feeds = {
  lease<T>(
    { resource }: { readonly resource: string },
    _namespace: string,
    distil: (raw: never) => T,
  ) {
    const items = new Map(
      (OBJECTS[resource] ?? []).map((raw) => [raw.metadata.name, distil(raw as never)]),
    );
    const feed: Feed<T> = {
      items,
      blind: undefined,
      onChange: () => () => undefined,
      close: () => undefined,
    };
    return { feed, release: () => undefined };
  },
  close: () => undefined,
};

it('a view holds the pods of the present template alone, whatever else runs', async () => {
  const sight = await new Promise<Sight<WorkloadView | undefined>>((resolve) => {
    observeWorkload(feeds, { namespace: 'shop', name: 'api' }, resolve);
  });

  expect(sight).toMatchObject({
    fresh: true,
    value: {
      newReplicaSet: { name: 'api-new' },
      pods: [{ name: 'new-1' }],
      otherPods: 2,
    },
  });
});
