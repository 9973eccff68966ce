import type {
  ComponentSnapshot,
  PlannedComponent,
  SnapshotRequest,
  TemplateDependency,
} from '@fairlead/contracts';
import { read } from '../apply/run.ts';
import type { Reading } from '../apply/run.ts';
import { hasTagOrDigest } from '../images.ts';
import { canaryName } from '../labels.ts';
import type { AutoscalerView, PodTemplate } from '../objects.ts';
import { findImages } from './component-images.ts';
import { templateDependencies } from './dependencies.ts';
import type { Named } from './dependencies.ts';
import { flaggerPrimary } from './managed.ts';
import { dependencyAccess, permissionMessage } from './permissions.ts';
import type { Amounts } from './pod-resources.ts';
import { peakAmounts } from './quota.ts';
import { findTraffic, finding } from './traffic.ts';
import type { Finding, Surroundings } from './traffic.ts';
import { workloadFindings } from './workload-findings.ts';

export interface Examined {
  readonly component: string;
  readonly snapshot?: ComponentSnapshot;
  readonly findings: readonly Finding[];
  readonly warnings: readonly string[];
  /** What its change takes from the namespace's quotas at its peak. */
  readonly needs: Amounts;
}

export async function examineComponent(
  reading: Reading,
  request: SnapshotRequest,
  {
    component,
    around,
  }: {
    readonly component: PlannedComponent;
    readonly around: Surroundings & { readonly autoscalers: readonly AutoscalerView[] };
  },
): Promise<Examined> {
  const { cluster, namespace } = reading;
  const at = (name: string) => read(reading, cluster.workload({ namespace, name }));
  const [workload, canary, primary] = await Promise.all([
    at(component.workload),
    at(canaryName(component.workload)),
    at(flaggerPrimary(component.workload)),
  ]);
  if (workload === undefined) {
    return refused(
      component,
      finding(
        'workload-missing',
        `there is no Kubernetes Deployment ${component.workload} in ${namespace}; create it first, or correct the component's name`,
      ),
    );
  }
  const found = findImages(workload.template, component);
  if ('mismatch' in found) {
    return refused(component, finding('image-matches-no-container', found.mismatch));
  }
  const scaler = around.autoscalers.find(
    ({ targetKind, targetName }) => targetKind === 'Deployment' && targetName === workload.name,
  );
  const traffic = findTraffic(request, workload, around);
  const isDone = found.images.length === 0;
  const dependencies = isDone
    ? NO_DEPENDENCIES
    : await findDependencies(reading, workload.template);
  const snapshot = {
    name: component.name,
    workload: workload.name,
    uid: workload.uid,
    replicas: workload.replicas,
    images: found.images,
    templateDigest: workload.templateDigest,
    previousImage: found.previousImage,
    traffic: 'traffic' in traffic ? traffic.traffic : { router: 'replicas' as const },
    dependencies: dependencies.found,
    ...(scaler === undefined ? {} : { autoscaler: autoscaler(scaler) }),
  };
  if (isDone) return { component: component.name, snapshot, findings: [], warnings: [], needs: {} };
  return {
    component: component.name,
    snapshot,
    findings: [
      ...workloadFindings(request, { workload, canary, primary, autoscaler: scaler }),
      ...('findings' in traffic ? traffic.findings : []),
      ...dependencies.findings,
    ],
    warnings: [
      ...('warnings' in traffic ? traffic.warnings : []),
      ...(hasTagOrDigest(component.image)
        ? []
        : [
            `${component.name}: the image ${component.image} has no tag, so it is whatever "latest" is when a pod starts`,
          ]),
    ],
    needs: peakAmounts(workload, request),
  };
}

function refused(component: PlannedComponent, one: Finding): Examined {
  return { component: component.name, findings: [one], warnings: [], needs: {} };
}

function autoscaler({ name, minReplicas, maxReplicas }: AutoscalerView) {
  return { name, minReplicas, maxReplicas };
}

interface Dependencies {
  readonly found: readonly TemplateDependency[];
  readonly findings: readonly Finding[];
}
const NO_DEPENDENCIES: Dependencies = { found: [], findings: [] };

async function findDependencies(reading: Reading, template: PodTemplate): Promise<Dependencies> {
  const { cluster, namespace } = reading;
  const named = templateDependencies(template);
  const kinds = [...new Set(named.map(({ kind }) => kind))];
  const allowed = await Promise.all(
    kinds.map((kind) => read(reading, cluster.mayI(namespace, dependencyAccess(kind)))),
  );
  const denied = kinds.filter((_kind, index) => allowed[index] === false);
  const all = await Promise.all(
    named
      .filter(({ kind }) => !denied.includes(kind))
      .map(async (one) => ({
        ...one,
        resourceVersion: await read(
          reading,
          cluster.resourceVersion(one.kind, { namespace, name: one.name }),
        ),
      })),
  );
  return {
    found: all.flatMap(({ kind, name, resourceVersion }) =>
      resourceVersion === undefined ? [] : [{ kind, name, resourceVersion }],
    ),
    findings: [
      ...(denied.length === 0
        ? []
        : [
            finding(
              'permission-missing',
              permissionMessage(denied.map(dependencyAccess), namespace),
            ),
          ]),
      ...all.flatMap((one) => missing(one, namespace)),
    ],
  };
}

function missing(
  {
    kind,
    name,
    optional,
    resourceVersion,
  }: Named & { readonly resourceVersion: string | undefined },
  namespace: string,
): Finding[] {
  return resourceVersion !== undefined || optional
    ? []
    : [
        finding(
          'dependency-missing',
          `the pod template names the ${kind} ${name}, which is not in ${namespace}; create it first`,
        ),
      ];
}
