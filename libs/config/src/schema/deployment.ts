import { BUSY_POLICIES, DEPLOYMENT_TYPES } from '@fairlead/contracts';
import type { z } from 'zod';
import { componentRule } from '../rules/component-rule.ts';
import { stepRule } from '../rules/step-rule.ts';
import { trafficRule } from '../rules/traffic-rule.ts';
import { refusedKeys, rules } from './field-meta.ts';
import {
  block,
  choice,
  duration,
  image,
  listOf,
  mapOf,
  switchField,
  wholeNumber,
} from './fields.ts';
import { name, objectName } from './names.ts';

/** A canary of more steps than this is a loop that someone unrolled. */
const MAX_STEPS = 500;
const MAX_COMPONENTS = 200;
const MAX_ENVIRONMENTS = 200;
const MAX_CONTAINERS = 50;

/** Stands in where a file says nothing; told by `config show` as `default`. */
export const DEFAULTS = {
  cluster: 'default',
  expectedDuration: '30m',
  progressDeadline: '10m',
  bake: '10m',
} as const;

const ROUTERS = ['replicas', 'gateway-api', 'nginx'] as const;

const allowManaged = switchField(
  'Deploy although a GitOps or another canary controller manages the Kubernetes Deployment. Default: false.',
);
const progressDeadline = duration({
  description:
    'Longest that one change may take until its pods are available; then the run fails. Default: 10m.',
  minMs: 1000,
});
const bake = duration({
  description: 'How long the way back stays armed after promotion. Default: 10m.',
});

const step = block(
  'One element of a canary plan: exactly one of weight, pause, approval.',
  {
    weight: wholeNumber({
      description: 'Percent of the traffic that the canary takes, 0 to 100.',
      min: 0,
      max: 100,
    }).optional(),
    pause: duration({ description: 'Waits this long.' }).optional(),
    approval: block('Waits for promote or abort. Written `approval: {}`.', {}).optional(),
  },
  stepRule,
)
  .meta({ minProperties: 1, maxProperties: 1 })
  .register(refusedKeys, { reasons: { analysis: 'analysis steps are not supported yet' } });

const traffic = block(
  'How the traffic is split between stable and canary.',
  {
    router: choice(ROUTERS, 'Who splits the traffic: the share of pods, or a router’s weights.'),
    route: objectName('Name of the HTTPRoute, for router gateway-api.').optional(),
    ingress: objectName('Name of the Ingress, for router nginx.').optional(),
  },
  trafficRule,
).meta({
  allOf: [
    { if: { properties: { router: { const: 'gateway-api' } } }, then: { required: ['route'] } },
    { if: { properties: { router: { const: 'nginx' } } }, then: { required: ['ingress'] } },
  ],
});

const canary = block('The canary plan; an environment may override it.', {
  traffic: traffic.optional(),
  steps: listOf(step, {
    description: 'What happens, in order. Default: weight 10, pause 5m, weight 50, pause 5m.',
    max: MAX_STEPS,
  }).optional(),
  progress_deadline: progressDeadline.optional(),
  bake: bake.optional(),
});

const component = block('One Kubernetes Deployment and the image it should run.', {
  name: name(
    'Name of the component, and of its Kubernetes Deployment unless `deployment` is given.',
  ),
  image: image(
    'Image it should run: repository[:tag][@digest]. May be left out when --component gives it.',
  ).optional(),
  deployment: objectName(
    'Name of the Kubernetes Deployment. Default: the component’s name.',
  ).optional(),
  containers: listOf(name('Name of a container.'), {
    description:
      'Containers that take the image. Default: every one whose image repository is the wanted one’s.',
    max: MAX_CONTAINERS,
  }).optional(),
  after: listOf(name('Name of a component.'), {
    description: 'Components that must be done before this one. Default: none.',
    min: 0,
    max: MAX_COMPONENTS,
  }).optional(),
  allow_managed: allowManaged.optional(),
});

const components = listOf(component, {
  description: 'What is released together.',
  max: MAX_COMPONENTS,
});

const environment = block('A cluster, a namespace and defaults.', {
  cluster: name('Which cluster worker serves it. Default: default.').optional(),
  namespace: name('Kubernetes namespace. Default: the environment’s name.').optional(),
  type: choice(
    DEPLOYMENT_TYPES,
    'How it is deployed. Default: canary where a canary block is, else rolling.',
  ).optional(),
  expected_duration: duration({
    description: 'Limit of the Long-Running alert. Default: 30m.',
    minMs: 1000,
  }).optional(),
  on_busy: choice(
    BUSY_POLICIES,
    'What happens to a deployment while another one runs. Default: refuse.',
  ).optional(),
  severity: choice(
    ['critical', 'warning'],
    'Severity of a failure; warning where nobody may be woken. Default: critical.',
  ).optional(),
  allow_managed: allowManaged.optional(),
  canary: canary.optional(),
  progress_deadline: progressDeadline.optional(),
  bake: bake.optional(),
});

const environments = mapOf(
  { key: name('Name of the environment.'), value: environment },
  { description: 'Environments by name.', max: MAX_ENVIRONMENTS },
);

/** The blocks that the caller's file gives. */
export const deploymentShape = {
  application: name('What is released together; has one or more components.').optional(),
  components: components.register(rules, { rule: componentRule }).optional(),
  environments: environments.optional(),
  canary: canary.optional(),
};

export type CanarySettings = z.output<typeof canary>;
export type ComponentSettings = z.output<typeof component>;
export type EnvironmentSettings = z.output<typeof environment>;
export type StepSettings = z.output<typeof step>;
export type TrafficSettings = z.output<typeof traffic>;
