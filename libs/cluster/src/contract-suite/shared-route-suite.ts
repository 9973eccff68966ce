import { describe, expect, it } from '@jest/globals';
import type { ClusterChange, ComponentSnapshot } from '@fairlead/contracts';
import type { RouteRule, RouteSpec } from '../objects.ts';
import { createRunner, ROUTE } from './harness.ts';
import type { ClusterHarness, Runner } from './harness.ts';
import { promote, shiftTo, undo } from './plans.ts';

const REPLICAS = 2;

function rule(path: string, backends: Readonly<Record<string, number>>): RouteRule {
  return {
    matches: [{ path: { type: 'PathPrefix', value: path } }],
    backendRefs: Object.entries(backends).map(([name, weight]) => ({ name, port: 80, weight })),
  };
}

/** One HTTPRoute before two components, as an application that is an API and a web page has it. */
const SHAPES = [
  ['in two rules', [rule('/api', { api: 1 }), rule('/', { web: 1 })]],
  [
    'in two rules, with backends of others',
    [rule('/api', { old: 20, api: 80 }), rule('/', { web: 40, ad: 10 })],
  ],
  ['in one rule', [rule('/', { api: 60, web: 40 })]],
] as const;

interface Pair {
  readonly namespace: string;
  readonly run: Runner;
  readonly api: ComponentSnapshot;
  readonly web: ComponentSnapshot;
  readonly before: RouteSpec;
}

/** Two components whose Services stand in one route. */
export function describeSharedRoute(harness: () => ClusterHarness): void {
  async function routeSpec(namespace: string): Promise<RouteSpec> {
    const route = await harness().cluster.route({ namespace, name: ROUTE });
    if (route === undefined) throw new Error('there is no route');
    return route.spec;
  }

  async function planPair(rules: readonly RouteRule[]): Promise<Pair> {
    const namespace = await harness().createNamespace();
    for (const name of ['api', 'web']) {
      const image = `registry.test/${name}:1`;
      await harness().seedWorkload({ namespace, name, image, replicas: REPLICAS });
    }
    await harness().seedRoute({ namespace, name: ROUTE, service: 'api' });
    await harness().editRouteRules(namespace, ROUTE, rules);
    await harness().acceptRoute(namespace, ROUTE);
    const run = createRunner(harness().cluster);
    const { refusals, components } = await run.snapshot({
      namespace,
      components: ['api', 'web'].map((name) => ({
        ...{ name, workload: name, image: `registry.test/${name}:2`, after: [] },
      })),
      traffic: { router: 'gateway-api', route: ROUTE },
      // Whole parts of 1, 40 and 60.
      steps: [{ kind: 'weight', weight: 50 }],
    });
    const [api, web] = components;
    if (api === undefined || web === undefined) throw new Error(JSON.stringify(refusals));
    return { namespace, run, api, web, before: await routeSpec(namespace) };
  }

  /** As one wave: a list for each, side by side. */
  async function together(
    { run, namespace, api, web }: Pair,
    list: (component: ComponentSnapshot) => ClusterChange[],
  ): Promise<void> {
    const { doom } = await run.apply(namespace, [], { lists: [list(api), list(web)] });
    expect(doom).toBeUndefined();
  }

  /** As two waves. */
  async function inTurn(
    { run, namespace, api, web }: Pair,
    list: (component: ComponentSnapshot) => ClusterChange[],
  ): Promise<void> {
    for (const component of [api, web]) {
      const { doom } = await run.apply(namespace, list(component));
      expect(doom).toBeUndefined();
    }
  }

  /** As the way back does: an activity for each, side by side. */
  async function backTogether({ run, namespace, api, web }: Pair): Promise<void> {
    const results = await Promise.all(
      [api, web].map((component) => run.apply(namespace, undo(component))),
    );
    expect(results.map(({ doom }) => doom)).toEqual([undefined, undefined]);
  }

  async function backInTurn({ run, namespace, api, web }: Pair): Promise<void> {
    for (const component of [web, api]) {
      const { doom } = await run.apply(namespace, undo(component));
      expect(doom).toBeUndefined();
    }
  }

  describe.each(SHAPES)('two components %s of one route', (_where, rules) => {
    it.each([
      ['side by side', together],
      ['one after another', inTurn],
    ] as const)('are promoted %s, and the route is as it was', async (_how, apply) => {
      const pair = await planPair(rules);

      await apply(pair, (component) => shiftTo(component, 50));
      const half = weightsOf(await routeSpec(pair.namespace));
      await apply(pair, promote);

      expect(half['api-canary']).toBeGreaterThan(0);
      expect(half['api-canary']).toBe(half['api']);
      expect(half['web-canary']).toBe(half['web']);
      expect(await routeSpec(pair.namespace)).toEqual(pair.before);
    });

    it.each([
      ['side by side', together, backTogether],
      ['one after another', inTurn, backInTurn],
    ] as const)('go back from 50 %% %s, byte for byte', async (_how, apply, back) => {
      const pair = await planPair(rules);
      await apply(pair, (component) => shiftTo(component, 50));

      await back(pair);

      expect(JSON.stringify(await routeSpec(pair.namespace))).toBe(JSON.stringify(pair.before));
      for (const { workload, templateDigest } of [pair.api, pair.web]) {
        const at = { namespace: pair.namespace, name: workload };
        expect((await harness().cluster.workload(at))?.templateDigest).toBe(templateDigest);
      }
    });
  });

  describe('an edit by someone else of a route with two components', () => {
    const [[, rules]] = SHAPES;

    it('halts the one whose rule it was', async () => {
      const pair = await planPair(rules);
      await together(pair, (component) => shiftTo(component, 50));
      const { rules: present = [] } = await routeSpec(pair.namespace);
      const moved = { ...present[0], matches: rule('/v2', {})['matches'] };
      await editRules(pair, [moved, ...present.slice(1)]);

      const applied = pair.run.apply(pair.namespace, promote(pair.api));

      await expect(applied).rejects.toMatchObject({ type: 'target-edited' });
    });

    it("is not hidden by the other one's canary that comes in after it", async () => {
      const pair = await planPair(rules);
      await pair.run.apply(pair.namespace, shiftTo(pair.api, 50));
      const { rules: present = [] } = await routeSpec(pair.namespace);
      const reweighted = { ...present[0], ...rule('/api', { api: 20, 'api-canary': 80 }) };
      await editRules(pair, [reweighted, ...present.slice(1)]);
      const edited = await routeSpec(pair.namespace);

      const applied = pair.run.apply(pair.namespace, shiftTo(pair.web, 50));

      await expect(applied).rejects.toMatchObject({ type: 'target-edited' });
      expect(await routeSpec(pair.namespace)).toEqual(edited);
    });

    it('is left alone where it is of a rule that no component has', async () => {
      const pair = await planPair([...rules, rule('/blog', { blog: 1 })]);
      await editRules(pair, [...rules, rule('/news', { blog: 1 })]);

      await together(pair, (component) => [...shiftTo(component, 50), ...promote(component)]);

      const { rules: after = [] } = await routeSpec(pair.namespace);
      expect(after).toMatchObject([...rules, rule('/news', { blog: 1 })]);
    });

    async function editRules({ namespace }: Pair, edited: readonly RouteRule[]): Promise<void> {
      await harness().editRouteRules(namespace, ROUTE, edited);
    }
  });
}

function weightsOf({ rules = [] }: RouteSpec): Record<string, number> {
  const backends = rules.flatMap(({ backendRefs = [] }) => backendRefs);
  return Object.fromEntries(backends.map(({ name, weight = 1 }) => [name, weight]));
}
