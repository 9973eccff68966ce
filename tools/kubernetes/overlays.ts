import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { testClusterPath } from '../setup/index.ts';

const run = promisify(execFile);

const ROOT = join(import.meta.dirname, '../..');
export const OVERLAYS = ['all-in-one', 'cluster-only'] as const;
export type Overlay = (typeof OVERLAYS)[number];

export const MANAGED_NAMESPACE = join(ROOT, 'deploy/kubernetes/managed-namespace');

export function directoryOf(overlay: Overlay): string {
  return join(ROOT, 'deploy/kubernetes/overlays', overlay);
}

export interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

interface ConfigMap extends Manifest {
  readonly data: Readonly<Record<string, string>>;
}

interface HttpProbe {
  readonly httpGet: { readonly path: string; readonly port: string };
}

/** What is looked at of the worker's pod. */
export interface PodSpec {
  readonly serviceAccountName: string;
  readonly terminationGracePeriodSeconds: number;
  readonly volumes: readonly {
    readonly name: string;
    readonly configMap?: { readonly name: string };
  }[];
  readonly containers: readonly [
    {
      readonly env: readonly { readonly name: string; readonly value: string }[];
      readonly envFrom: readonly { readonly configMapRef?: { readonly name: string } }[];
      readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
      readonly livenessProbe: HttpProbe;
      readonly readinessProbe: HttpProbe;
      readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
    },
  ];
}

/** As kubectl would apply it. */
export interface Rendered {
  readonly manifests: readonly Manifest[];
  readonly pod: PodSpec;
  /** Of the worker's process, without what comes from a Secret. */
  readonly env: Readonly<Record<string, string>>;
  /** What a path of the container holds, when a ConfigMap is mounted there. */
  readonly fileAt: (path: string) => string | undefined;
}

/** Throws when kubectl complains, be it a warning. */
export async function render(overlay: Overlay): Promise<Rendered> {
  const args = ['kubectl', 'kustomize', directoryOf(overlay)];
  const { stdout, stderr } = await run(await testClusterPath(), args);
  if (stderr !== '') throw new Error(`kubectl kustomize ${overlay}: ${stderr}`);
  const manifests = parseAllDocuments(stdout).map((document) => document.toJS() as Manifest);
  const worker = only(manifests, 'Deployment') as Manifest & {
    readonly spec: { readonly template: { readonly spec: PodSpec } };
  };
  const pod = worker.spec.template.spec;
  const [container] = pod.containers;

  function dataOf(name: string): ConfigMap['data'] {
    const found = manifests.find(
      ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === name,
    );
    if (found === undefined) throw new Error(`${overlay} has no ConfigMap ${name}`);
    return (found as ConfigMap).data;
  }

  const fromMaps = container.envFrom.flatMap(({ configMapRef }) =>
    configMapRef === undefined ? [] : Object.entries(dataOf(configMapRef.name)),
  );
  return {
    manifests,
    pod,
    env: Object.fromEntries([
      ...fromMaps,
      ...container.env.map(({ name, value }) => [name, value] as const),
    ]),
    fileAt(path) {
      const mount = container.volumeMounts.find(({ mountPath }) =>
        path.startsWith(`${mountPath}/`),
      );
      const volume = pod.volumes.find(({ name }) => name === mount?.name);
      if (mount === undefined || volume?.configMap === undefined) return undefined;
      return dataOf(volume.configMap.name)[path.slice(mount.mountPath.length + 1)];
    },
  };
}

export function only(manifests: readonly Manifest[], kind: string): Manifest {
  const [found, ...more] = manifests.filter((manifest) => manifest.kind === kind);
  if (found === undefined || more.length > 0) throw new Error(`not exactly one ${kind}`);
  return found;
}
