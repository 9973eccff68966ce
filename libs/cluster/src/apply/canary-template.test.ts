import { describe, expect, it } from '@jest/globals';
import type { ComponentSnapshot } from '@fairlead/contracts';
import { selectsPods, matchesSelector } from '../labels.ts';
import type { Labels, Service, Workload } from '../objects.ts';
import { canaryTemplate } from './canary-template.ts';

const labels = { app: 'api', tier: 'web', track: 'stable' };

function labelsOf(
  router: 'replicas' | 'gateway-api',
  { selector, selectors }: { readonly selector: Labels; readonly selectors: readonly Labels[] },
): Labels {
  const stable = {
    selector: { matchLabels: selector },
    template: { metadata: { labels }, spec: { containers: [] } },
  } as unknown as Workload;
  const services = selectors.map((one) => ({ selector: one })) as unknown as Service[];
  const component = {
    name: 'api',
    workload: 'api',
    images: [],
    traffic: { router },
  } as unknown as ComponentSnapshot;
  const template = canaryTemplate({ stable, component, services, deploymentId: 'dep-1' });
  return template.metadata?.labels ?? {};
}

describe('the labels of canary pods', () => {
  it.each<[string, Labels, Labels[], boolean]>([
    ['a label is left', { app: 'api', track: 'stable' }, [{ app: 'api' }], false],
    ['the Services want every label', { app: 'api' }, [{ app: 'api' }], true],
    ['several Services', { app: 'api', track: 'stable' }, [{ app: 'api' }, { tier: 'web' }], false],
  ])('by router replicas, every Service finds them: %s', (_case, selector, selectors, shared) => {
    const canary = labelsOf('replicas', { selector, selectors });

    expect(selectors.map((one) => selectsPods(one, canary))).toEqual(selectors.map(() => true));
    expect(matchesSelector({ matchLabels: selector }, canary)).toBe(shared);
  });

  it.each<[Labels, Labels[]]>([
    [{ app: 'api' }, [{ app: 'api' }]],
    [{ app: 'api', track: 'stable' }, [{ tier: 'web' }, { app: 'api', tier: 'web' }]],
    [{ app: 'api' }, []],
  ])('by gateway-api, neither the stable (%j) nor its Services (%j) do', (selector, selectors) => {
    const canary = labelsOf('gateway-api', { selector, selectors });

    expect(selectors.filter((one) => selectsPods(one, canary))).toEqual([]);
    expect(matchesSelector({ matchLabels: selector }, canary)).toBe(false);
  });

  it('tell whose they are', () => {
    expect(labelsOf('replicas', { selector: { app: 'api' }, selectors: [] })).toMatchObject({
      'app.kubernetes.io/managed-by': 'fairlead',
      'fairlead.dev/deployment-id': 'dep-1',
      'fairlead.dev/component': 'api',
      'fairlead.dev/canary-of': 'api',
    });
  });
});
