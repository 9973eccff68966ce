import { describe, expect, it } from '@jest/globals';
import { catchConfigError, loadCallerText } from '../in-memory-files.ts';
import { describeOrigin } from '../origin.ts';
import type { CallerConfig } from '../load/load-config.ts';
import type { PlanFlags } from './plan-flags.ts';
import { resolvePlanWithOrigins } from './resolve-plan.ts';
import type { PlanInput } from './resolve-plan.ts';

const EMPTY: CallerConfig = {
  values: {},
  files: [],
  secretFiles: [],
  entries: [],
  off: [],
  warnings: [],
};
const FILE = `
application: shop
components:
  - name: api
    image: shop/api:1
    deployment: shop-api
    containers: [api]
  - { name: web, image: shop/web:1, after: [api] }
environments:
  staging: { type: canary, canary: { steps: [{ weight: 50 }, { pause: 30s }], bake: 1m }, severity: warning }
  production: { cluster: eu, namespace: shop, expected_duration: 2h, on_busy: queue, progress_deadline: 3m }
  rolling: { type: rolling, allow_managed: true }
canary:
  traffic: { router: gateway-api, route: shop }
  steps: [{ weight: 10 }, { approval: {} }]
  progress_deadline: 5m
  bake: 20m
`;

function resolvePlan(input: PlanInput) {
  return resolvePlanWithOrigins(input).plan;
}

function plan(flags: PlanFlags, text = FILE) {
  return resolvePlan({ config: loadCallerText(text), flags });
}

function problems(flags: PlanFlags, config = loadCallerText(FILE)): string[] {
  const error = catchConfigError(() => resolvePlan({ config, flags }));
  return error?.problems.map(({ path, message }) => `${path}: ${message}`) ?? [];
}

describe('resolvePlan', () => {
  it('takes everything from the file', () => {
    expect(plan({ environment: 'production' })).toEqual({
      environment: 'production',
      application: 'shop',
      cluster: 'eu',
      namespace: 'shop',
      type: 'canary',
      components: [
        { name: 'api', workload: 'shop-api', image: 'shop/api:1', containers: ['api'], after: [] },
        { name: 'web', workload: 'web', image: 'shop/web:1', after: ['api'] },
      ],
      canary: {
        traffic: { router: 'gateway-api', route: 'shop' },
        steps: [{ kind: 'weight', weight: 10 }, { kind: 'approval' }],
      },
      progressDeadlineMs: 180_000,
      bakeMs: 1_200_000,
      expectedDurationMs: 7_200_000,
      onBusy: 'queue',
      allowManaged: false,
      severity: 'critical',
      features: { monitoring: true, notifications: true, remediation: true },
    });
  });

  it('lets the environment override the canary, each part whole', () => {
    expect(plan({ environment: 'staging' })).toMatchObject({
      cluster: 'default',
      namespace: 'staging',
      canary: {
        traffic: { router: 'gateway-api', route: 'shop' },
        steps: [
          { kind: 'weight', weight: 50 },
          { kind: 'pause', durationMs: 30_000 },
        ],
      },
      progressDeadlineMs: 300_000,
      bakeMs: 60_000,
      expectedDurationMs: 1_800_000,
      onBusy: 'refuse',
      severity: 'warning',
    });
  });

  it('lets flags win over files', () => {
    expect(
      plan({
        environment: 'production',
        application: 'store',
        type: 'rolling',
        namespace: 'other',
        onBusy: 'supersede',
        allowManaged: true,
        simulateFailure: 'health',
        features: { notifications: false },
        components: [
          { name: 'api', image: 'shop/api:2' },
          { name: 'worker', image: 'shop/worker:2' },
        ],
      }),
    ).toMatchObject({
      application: 'store',
      type: 'rolling',
      namespace: 'other',
      onBusy: 'supersede',
      allowManaged: true,
      simulateFailure: 'health',
      features: { monitoring: true, notifications: false, remediation: true },
      components: [
        { name: 'api', workload: 'shop-api', image: 'shop/api:2' },
        { name: 'web', image: 'shop/web:1' },
        { name: 'worker', workload: 'worker', image: 'shop/worker:2', after: [] },
      ],
    });
  });

  it('needs no file when flags give everything', () => {
    const flags = {
      environment: 'dev',
      application: 'shop',
      namespace: 'dev',
      components: [{ name: 'api', image: 'a:1' }],
    };

    expect(resolvePlan({ config: EMPTY, flags })).toMatchObject({
      cluster: 'default',
      namespace: 'dev',
      type: 'rolling',
      progressDeadlineMs: 600_000,
      bakeMs: 600_000,
      expectedDurationMs: 1_800_000,
      onBusy: 'refuse',
    });
  });

  it('has a canary for those who ask for one and say nothing of its steps', () => {
    const flags = {
      environment: 'dev',
      type: 'canary' as const,
      application: 'shop',
      namespace: 'dev',
      components: [{ name: 'api', image: 'a:1' }],
    };

    expect(resolvePlan({ config: EMPTY, flags }).canary).toEqual({
      traffic: { router: 'replicas' },
      steps: [
        { kind: 'weight', weight: 10 },
        { kind: 'pause', durationMs: 300_000 },
        { kind: 'weight', weight: 50 },
        { kind: 'pause', durationMs: 300_000 },
      ],
    });
  });

  it('is rolling where no canary block is', () => {
    const text =
      'application: shop\ncomponents: [{ name: api, image: a:1 }]\nenvironments: { dev: {} }\n';

    expect(plan({ environment: 'dev' }, text).type).toBe('rolling');
  });

  it('may deploy what is managed when the environment or every component says so', () => {
    const text =
      'application: shop\ncomponents: [{ name: api, image: a:1, allow_managed: true }]\nenvironments: { dev: {} }\n';

    expect(plan({ environment: 'rolling' }).allowManaged).toBe(true);
    expect(plan({ environment: 'dev' }, text).allowManaged).toBe(true);
  });

  it.each([
    [
      'stagng',
      '--environment: no environment "stagng"; did you mean staging? (known: staging, production, rolling)',
    ],
    [
      'constructor',
      '--environment: no environment "constructor" (known: staging, production, rolling)',
    ],
  ])('lists the known environments when no file names %s', (environment, expected) => {
    expect(problems({ environment })).toEqual([expected]);
  });

  it('names every flag that would mend what is missing, at once', () => {
    expect(problems({ environment: 'dev' }, EMPTY)).toEqual([
      '--environment: no file describes the environment "dev"; add it under environments, or give --namespace',
      '--component: nothing to deploy; give --component NAME=IMAGE, or components in a file',
      '--application: missing; give --application, or application in a file',
    ]);
  });

  it('asks for an image that neither file nor flag gives, naming the file’s line', () => {
    const config = loadCallerText(
      'application: a\ncomponents:\n  - name: api\nenvironments: { dev: {} }\n',
    );

    const error = catchConfigError(() => resolvePlan({ config, flags: { environment: 'dev' } }));

    expect(error?.message).toBe(
      'fairlead.yaml:3:11: --component: component api has no image; add image to the file, or give --component api=IMAGE',
    );
  });

  it.each([
    [{ environment: 'Staging' }, '--environment: "Staging" is not a name'],
    [{ environment: 'staging', application: 'a b' }, '--application: "a b" is not a name'],
    [{ environment: 'staging', namespace: 'x_y' }, '--namespace: "x_y" is not a name'],
    [
      { environment: 'staging', components: [{ name: 'A', image: 'a:1' }] },
      '--component: "A" is not a name',
    ],
    [
      { environment: 'staging', components: [{ name: 'a', image: 'a:' }] },
      '--component: image "a:" of "a": after : comes a tag',
    ],
    [
      {
        environment: 'staging',
        components: [
          { name: 'a', image: 'a:1' },
          { name: 'a', image: 'a:2' },
        ],
      },
      '--component: names "a" twice',
    ],
  ])('refuses a malformed flag: %j', (flags, expected) => {
    expect(problems(flags).join('\n')).toContain(expected);
  });

  it('refuses a flag’s component that would share a Kubernetes Deployment', () => {
    const flags = { environment: 'staging', components: [{ name: 'shop-api', image: 'a:1' }] };

    expect(problems(flags)[0]).toContain(
      'another component of the file has the Kubernetes Deployment shop-api',
    );
  });

  it('keeps the origin of every value', () => {
    const { entries } = resolvePlanWithOrigins({
      config: loadCallerText(FILE),
      flags: {
        environment: 'staging',
        type: 'canary',
        components: [{ name: 'web', image: 'shop/web:2' }],
      },
    });

    const origins = Object.fromEntries(
      entries.map(({ path, origin }) => [path, describeOrigin(origin)]),
    );

    expect(origins).toMatchObject({
      environment: '--environment',
      application: 'fairlead.yaml:2',
      cluster: 'default',
      type: '--type',
      bake: 'fairlead.yaml:10',
      progressDeadline: 'fairlead.yaml:16',
      'components[0].image': 'fairlead.yaml:5',
      'components[1].name': 'fairlead.yaml:8',
      'components[1].image': '--component',
      'canary.traffic.router': 'fairlead.yaml:14',
      'canary.steps': 'fairlead.yaml:10',
    });
  });

  it('warns of an unpinned image of a flag', () => {
    const { warnings } = resolvePlanWithOrigins({
      config: loadCallerText(FILE),
      flags: { environment: 'staging', components: [{ name: 'web', image: 'shop/web' }] },
    });

    expect(warnings).toMatchObject([{ code: 'flag', path: '--component' }]);
  });
});
