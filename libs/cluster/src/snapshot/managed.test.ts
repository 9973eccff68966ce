import { describe, expect, it } from '@jest/globals';
import type { Workload } from '../objects.ts';
import { managerOf } from './managed.ts';

function workload(over: Partial<Workload>): Workload {
  return { labels: {}, annotations: {}, owners: [], ...over } as Workload;
}

function owner(apiVersion: string, kind: string) {
  return { owners: [{ apiVersion, kind, name: 'shop', controller: true }] };
}

describe('managerOf', () => {
  it.each<[string, Partial<Workload>]>([
    ['Argo CD', { annotations: { 'argocd.argoproj.io/tracking-id': 'x' } }],
    ['Argo CD', { labels: { 'argocd.argoproj.io/instance': 'x' } }],
    ['Flux', { labels: { 'helm.toolkit.fluxcd.io/name': 'x' } }],
    ['Argo Rollouts', { annotations: { 'rollout.argoproj.io/revision': '1' } }],
    ['Kruise', { annotations: { 'rollouts.kruise.io/original-revision': '1' } }],
    ['its owner Application shop', owner('example.test/v1', 'Application')],
  ])('knows %s', (manager, over) => {
    expect(managerOf(workload(over), undefined)).toContain(manager);
  });

  it('knows Flagger by the copy that it serves from', () => {
    const primary = workload(owner('flagger.app/v1beta1', 'Canary'));

    expect(managerOf(workload({}), primary)).toBe('Flagger (Canary shop)');
  });

  it.each<[string, Partial<Workload>]>([
    ['Helm', { labels: { 'app.kubernetes.io/managed-by': 'Helm' } }],
    ['kubectl', { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}' } }],
  ])('does not take %s for one', (_what, over) => {
    expect(managerOf(workload(over), undefined)).toBeUndefined();
  });
});
