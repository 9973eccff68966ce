import { FIELD_MANAGER } from '@fairlead/contracts';
import { digest } from '../digest.ts';
import { conflict, notFound } from '../failures.ts';
import { withImages } from '../images.ts';
import type { Route, Service, Workload } from '../objects.ts';
import type { NewWorkload, RulePatch, WorkloadPatch } from '../port.ts';
import { withRules } from '../apply/route-split.ts';
import { hasImages } from '../template-state.ts';
import type { Engine } from './engine.ts';
import type { SimulatedState, SimulatedWorkload } from './state.ts';

export function newSimulatedWorkload(
  namespace: string,
  wanted: NewWorkload,
  id: number,
): SimulatedWorkload {
  return {
    namespace,
    object: {
      name: wanted.name,
      uid: `workload-${id}`,
      generation: 1,
      observedGeneration: 1,
      labels: wanted.labels,
      annotations: wanted.annotations,
      owners: [],
      replicas: wanted.replicas,
      paused: false,
      strategy: 'RollingUpdate',
      maxSurge: '25%',
      minReadySeconds: wanted.minReadySeconds,
      selector: { matchLabels: wanted.selector },
      template: wanted.template,
      templateDigest: digest(wanted.template),
    },
    replicaSets: [],
  };
}

/** Writes only what is still as it was read, as the API server does with `test` operations. */
export function patchSimulatedWorkload(
  { state, commit }: Engine,
  key: string,
  { read, patch }: { readonly read: Workload; readonly patch: WorkloadPatch },
): SimulatedWorkload {
  const workload = checkedWorkload(state, key, read);
  const { object } = workload;
  const images = patch.images ?? [];
  if (!hasImages(object.template, images, 'from')) throw conflict(`${key} has other images`);
  const template = patch.template ?? withImages(object.template, images, 'to');
  const templateDigest = digest(template);
  const replicas = patch.replicas ?? object.replicas;
  const isSpecChanged = templateDigest !== object.templateDigest || replicas !== object.replicas;
  const generation = object.generation + (isSpecChanged ? 1 : 0);
  commit(() => {
    workload.object = {
      ...object,
      template,
      templateDigest,
      replicas,
      generation,
      observedGeneration: generation,
      labels: { ...object.labels, ...patch.labels },
      annotations: { ...object.annotations, ...patch.annotations },
    };
  });
  return workload;
}

export function checkedWorkload(
  state: SimulatedState,
  key: string,
  read: Pick<Workload, 'uid' | 'generation'>,
): SimulatedWorkload {
  const workload = state.workloads[key];
  if (workload === undefined) throw notFound(`there is no Kubernetes Deployment ${key}`);
  const { uid, generation } = workload.object;
  if (uid !== read.uid || generation !== read.generation) throw conflict(`${key} has changed`);
  return workload;
}

export function checkedService(state: SimulatedState, key: string, read: Service): Service {
  const service = state.services[key];
  if (service === undefined) throw notFound(`there is no Service ${key}`);
  if (service.uid !== read.uid) throw conflict(`Service ${key} was made anew`);
  return service;
}

export function patchSimulatedRoute(
  { state, commit }: Engine,
  key: string,
  { read, rules }: { readonly read: Route; readonly rules: readonly RulePatch[] },
): Route {
  const route = state.routes[key];
  if (route === undefined) throw notFound(`there is no HTTPRoute ${key}`);
  if (route.uid !== read.uid || route.generation !== read.generation) {
    throw conflict(`HTTPRoute ${key} has changed`);
  }
  return commit(() => {
    const changed = nextRoute({
      ...route,
      spec: withRules(route.spec, rules),
      writers: [FIELD_MANAGER],
    });
    state.routes[key] = changed;
    return changed;
  });
}

/** The simulated gateway accepts every route at once. */
export function nextRoute(route: Route): Route {
  const generation = route.generation + 1;
  const parents = route.parents.map((parent) => ({
    ...parent,
    conditions: parent.conditions.map((one) => ({ ...one, observedGeneration: generation })),
  }));
  return { ...route, generation, parents };
}
