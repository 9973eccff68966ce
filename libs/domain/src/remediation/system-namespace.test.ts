import { expect, it } from '@jest/globals';
import { isSystemNamespace } from './system-namespace.ts';

it.each([
  'kube-system',
  'kube-public',
  'openshift',
  'openshift-dns',
  'gke-managed',
  'istio-system',
])('%s serves the cluster', (namespace) => {
  expect(isSystemNamespace(namespace)).toBe(true);
});

it.each(['shop', 'shop-kube-1', 'systems', 'system', 'ops-systems', 'my-openshift'])(
  '%s is somebody’s',
  (namespace) => {
    expect(isSystemNamespace(namespace)).toBe(false);
  },
);
