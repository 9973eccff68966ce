import type { TemplateDependency } from '@fairlead/contracts';
import type { PodTemplate } from '../objects.ts';

export interface Named {
  readonly kind: TemplateDependency['kind'];
  readonly name: string;
  /** Kubernetes starts the pod without it. */
  readonly optional: boolean;
}

interface KeyRef {
  readonly name?: string;
  readonly secretName?: string;
  readonly optional?: boolean;
}
interface EnvSource {
  readonly configMapKeyRef?: KeyRef;
  readonly secretKeyRef?: KeyRef;
  readonly configMapRef?: KeyRef;
  readonly secretRef?: KeyRef;
}
interface Volume {
  readonly configMap?: KeyRef;
  readonly secret?: KeyRef;
  readonly projected?: { readonly sources?: readonly Volume[] };
}
interface Sources {
  readonly env?: readonly { readonly valueFrom?: EnvSource }[];
  readonly envFrom?: readonly EnvSource[];
}

/** ConfigMaps and Secrets that a template names: env, envFrom, volumes. Each once; needed if any place needs it. */
export function templateDependencies({ spec }: PodTemplate): Named[] {
  const containers = [...(spec.initContainers ?? []), ...spec.containers] as readonly Sources[];
  const volumes = (spec.volumes ?? []) as readonly Volume[];
  const found = [
    ...containers.flatMap(({ env = [], envFrom = [] }) =>
      [...env.map(({ valueFrom = {} }) => valueFrom), ...envFrom].flatMap(ofEnv),
    ),
    ...volumes.flatMap(ofVolume),
  ];
  const byKey = new Map<string, Named>();
  for (const one of found) {
    const key = `${one.kind}/${one.name}`;
    const optional = one.optional && (byKey.get(key)?.optional ?? true);
    byKey.set(key, { ...one, optional });
  }
  return [...byKey.values()];
}

function ofEnv({ configMapKeyRef, secretKeyRef, configMapRef, secretRef }: EnvSource): Named[] {
  return [
    ...named('ConfigMap', configMapKeyRef ?? configMapRef),
    ...named('Secret', secretKeyRef ?? secretRef),
  ];
}

function ofVolume({ configMap, secret, projected }: Volume): Named[] {
  return [
    ...named('ConfigMap', configMap),
    ...named('Secret', secret),
    ...(projected?.sources ?? []).flatMap(ofVolume),
  ];
}

function named(kind: Named['kind'], ref: KeyRef | undefined): Named[] {
  const name = ref?.name ?? ref?.secretName;
  return name === undefined ? [] : [{ kind, name, optional: ref?.optional === true }];
}
