import type { ClusterChange, ComponentSnapshot } from '@fairlead/contracts';
import { canaryLabels, canaryName, includesLabels, ownLabels } from '../labels.ts';
import type { PodTemplate, Workload } from '../objects.ts';
import { canaryTemplate } from './canary-template.ts';
import { routeCanary } from './canary-route.ts';
import { checkCanary, findCanary, findStable, templateAnnotations } from './find.ts';
import { shift } from './route.ts';
import { read, rereadOnConflict } from './run.ts';
import type { Outcome, Run } from './run.ts';

type Change = Extract<ClusterChange, { kind: 'canary' }>;

/** Makes the canary, scales the one that is there, or takes over one that an earlier run left. */
export async function applyCanary(run: Run, { component, replicas }: Change): Promise<Outcome> {
  const { traffic } = component;
  const found = await findCanary(run, component);
  const isLeftOver =
    found !== undefined &&
    !includesLabels(found.labels, ownLabels(run.deploymentId, component.name));
  if (isLeftOver && traffic.router === 'gateway-api') {
    const doom = await shift(run, { component, traffic, weight: 0 });
    if (doom !== undefined) return doom;
  }
  // The route first: a canary that carries this run's labels proves that its Service and backend are there.
  if (traffic.router === 'gateway-api' && (found === undefined || isLeftOver)) {
    await routeCanary(run, component, traffic);
  }
  let known: { readonly found: Workload | undefined } | undefined = { found };
  await rereadOnConflict(run, async () => {
    const present = known === undefined ? await findCanary(run, component) : known.found;
    known = undefined;
    await bring(run, component, { present, replicas });
  });
  return undefined;
}

async function bring(
  run: Run,
  component: ComponentSnapshot,
  { present, replicas }: { readonly present: Workload | undefined; readonly replicas: number },
): Promise<void> {
  const { cluster, namespace, deploymentId } = run;
  const labels = ownLabels(deploymentId, component.name);
  if (present === undefined) {
    const stable = await findStable(run, component);
    const template = await wantedTemplate(run, component, stable);
    const made = await cluster.createWorkload(namespace, {
      name: canaryName(component.workload),
      labels,
      annotations: templateAnnotations(template),
      replicas,
      minReadySeconds: stable.minReadySeconds,
      selector: canaryLabels(component.workload),
      template,
    });
    await noteAdmittedTemplate(run, made, template);
    return;
  }
  if (includesLabels(present.labels, labels)) {
    checkCanary(present, component, namespace);
    if (present.replicas === replicas) return;
    await cluster.patchWorkload(namespace, present, { replicas });
    return;
  }
  const template = await wantedTemplate(run, component, await findStable(run, component));
  const annotations = templateAnnotations(template);
  const taken = await cluster.patchWorkload(namespace, present, {
    labels,
    annotations,
    template,
    replicas,
  });
  await noteAdmittedTemplate(run, taken, template);
}

async function wantedTemplate(
  run: Run,
  component: ComponentSnapshot,
  stable: Workload,
): Promise<PodTemplate> {
  const services = await read(run, run.cluster.services(run.namespace));
  return canaryTemplate({ stable, component, services, deploymentId: run.deploymentId });
}

/** An admission webhook may have changed the template: what it made of it is what must not be edited. */
async function noteAdmittedTemplate(
  { cluster, namespace }: Run,
  made: Workload,
  sent: PodTemplate,
): Promise<void> {
  const annotations = templateAnnotations(made.template);
  if (includesLabels(templateAnnotations(sent), annotations)) return;
  await cluster.patchWorkload(namespace, made, { annotations });
}
