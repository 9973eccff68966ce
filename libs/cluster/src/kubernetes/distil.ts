import { digest } from '../digest.ts';
import type {
  AutoscalerView,
  DisruptionBudget,
  FailedCondition,
  Lease,
  Quota,
  Route,
  Service,
  Workload,
} from '../objects.ts';
import { controllerOf } from './controller.ts';
import type {
  RawAutoscaler,
  RawCondition,
  RawDeployment,
  RawDisruptionBudget,
  RawLease,
  RawMeta,
  RawQuota,
  RawRoute,
  RawService,
} from './raw.ts';

export function toWorkload({ metadata, spec, status = {} }: RawDeployment): Workload {
  return {
    ...identity(metadata),
    observedGeneration: status.observedGeneration ?? 0,
    owners: (metadata.ownerReferences ?? []).map(({ apiVersion, kind, name, controller }) => ({
      apiVersion,
      kind,
      name,
      controller: controller === true,
    })),
    replicas: spec.replicas ?? 1,
    paused: spec.paused === true,
    strategy: spec.strategy?.type === 'Recreate' ? 'Recreate' : 'RollingUpdate',
    maxSurge: spec.strategy?.rollingUpdate?.maxSurge ?? '25%',
    minReadySeconds: spec.minReadySeconds ?? 0,
    selector: spec.selector,
    template: spec.template,
    templateDigest: digest(spec.template),
    status: {
      replicas: status.replicas ?? 0,
      updatedReplicas: status.updatedReplicas ?? 0,
      readyReplicas: status.readyReplicas ?? 0,
      ...failedCondition('unavailable', status.conditions, 'Available'),
      ...failedCondition('stuck', status.conditions, 'Progressing'),
    },
  };
}

function failedCondition<Name extends 'unavailable' | 'stuck'>(
  name: Name,
  conditions: readonly RawCondition[] | undefined,
  type: string,
): Partial<Record<Name, FailedCondition>> {
  const found = conditions?.find((one) => one.type === type);
  if (found?.status !== 'False') return {};
  const { reason = '', message = '', lastTransitionTime: since = '' } = found;
  return { [name]: { reason, message, since } } as Partial<Record<Name, FailedCondition>>;
}

export function toService({ metadata, spec }: RawService): Service {
  return {
    ...identity(metadata),
    ...(spec.selector === undefined ? {} : { selector: spec.selector }),
    ports: spec.ports ?? [],
  };
}

export function toRoute({ metadata, spec, status }: RawRoute): Route {
  return {
    ...identity(metadata),
    spec,
    parents: (status?.parents ?? []).map(({ parentRef, conditions = [] }) => ({
      name: parentRef.name,
      conditions: conditions.map((condition) => ({
        type: condition.type,
        status: condition.status,
        reason: condition.reason ?? '',
        message: condition.message ?? '',
        observedGeneration: condition.observedGeneration ?? 0,
      })),
    })),
    writers: (metadata.managedFields ?? []).flatMap(({ manager, fieldsV1 }) =>
      manager !== undefined && fieldsV1?.['f:spec']?.['f:rules'] !== undefined ? [manager] : [],
    ),
  };
}

export function toAutoscaler({ metadata, spec }: RawAutoscaler): AutoscalerView {
  const controller = controllerOf(metadata);
  return {
    name: metadata.name,
    uid: metadata.uid,
    targetKind: spec.scaleTargetRef.kind,
    targetName: spec.scaleTargetRef.name,
    minReplicas: spec.minReplicas ?? 1,
    maxReplicas: spec.maxReplicas,
    ...(controller === undefined ? {} : { controller }),
  };
}

export function toDisruptionBudget({
  metadata,
  spec,
  status,
}: RawDisruptionBudget): DisruptionBudget {
  return {
    name: metadata.name,
    ...(spec.selector === undefined ? {} : { selector: spec.selector }),
    disruptionsAllowed: status?.disruptionsAllowed ?? 0,
  };
}

export function toLease({ metadata, spec = {} }: RawLease): Lease {
  return {
    name: metadata.name,
    resourceVersion: metadata.resourceVersion,
    // Kubernetes' own programs give a Lease back with an empty name.
    ...(isNamed(spec.holderIdentity) ? { holder: spec.holderIdentity } : {}),
    durationSeconds: spec.leaseDurationSeconds ?? 0,
    acquiredAt: spec.acquireTime ?? '',
    renewedAt: spec.renewTime ?? '',
    transitions: spec.leaseTransitions ?? 0,
  };
}

function isNamed(holder: string | undefined): holder is string {
  return holder !== undefined && holder !== '';
}

export function toQuota({ metadata, spec, status }: RawQuota): Quota {
  return {
    name: metadata.name,
    hard: status?.hard ?? spec.hard ?? {},
    used: status?.used ?? {},
    scopes: spec.scopes ?? [],
    hasScopeSelector: spec.scopeSelector !== undefined,
  };
}

function identity({ name, uid, generation = 0, labels = {}, annotations = {} }: RawMeta) {
  return { name, uid, generation, labels, annotations };
}
