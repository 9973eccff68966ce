import type { ComponentSnapshot, Side } from '@fairlead/contracts';
import { digest } from '../digest.ts';
import { edited, notFound } from '../failures.ts';
import { hasImages, templateState } from '../template-state.ts';
import type { TemplateState } from '../template-state.ts';
import { canaryName, isOurs } from '../labels.ts';
import type { PodTemplate, Workload } from '../objects.ts';
import { read } from './run.ts';
import type { Reading } from './run.ts';

/** Digest of the canary's template as it was written, so that an edit of it is noticed. */
const TEMPLATE_DIGEST = 'fairlead.dev/template-digest';

export function workloadName(component: ComponentSnapshot, side: Side): string {
  return side === 'stable' ? component.workload : canaryName(component.workload);
}

/** The stable as it is now: the one that was planned for, with a template that is recorded or wanted. */
export async function findStable(run: Reading, component: ComponentSnapshot): Promise<Workload> {
  const found = await read(
    run,
    run.cluster.workload({ namespace: run.namespace, name: component.workload }),
  );
  return checkStable(found, component, run.namespace).workload;
}

export function checkStable(
  found: Workload | undefined,
  component: ComponentSnapshot,
  namespace: string,
): { readonly workload: Workload; readonly state: TemplateState } {
  const where = `Kubernetes Deployment ${component.workload} in ${namespace}`;
  if (found === undefined) throw notFound(`${where} is gone; it was there when the run began`);
  if (found.uid !== component.uid) {
    throw edited(`${where} was deleted and made anew while the run was on`);
  }
  const state = templateState(found.template, component);
  if (state === 'edited') {
    throw edited(`the pod template of ${where} was changed by someone else while the run was on`);
  }
  return { workload: found, state };
}

export async function findCanary(
  run: Reading,
  component: ComponentSnapshot,
): Promise<Workload | undefined> {
  const name = canaryName(component.workload);
  const found = await read(run, run.cluster.workload({ namespace: run.namespace, name }));
  if (found !== undefined && !isOurs(found.labels)) {
    throw edited(
      `Kubernetes Deployment ${name} in ${run.namespace} is not Fairlead's; rename it or delete it`,
    );
  }
  return found;
}

export async function findSide(
  run: Reading,
  component: ComponentSnapshot,
  side: Side,
): Promise<Workload> {
  return side === 'stable'
    ? findStable(run, component)
    : checkCanary(await findCanary(run, component), component, run.namespace);
}

export function checkCanary(
  found: Workload | undefined,
  component: ComponentSnapshot,
  namespace: string,
): Workload {
  const where = `Kubernetes Deployment ${canaryName(component.workload)} in ${namespace}`;
  if (found === undefined) throw notFound(`${where} is gone; the run had made it`);
  if (!isIntactCanary(found, component)) {
    throw edited(`the pod template of ${where} was changed by someone else while the run was on`);
  }
  return found;
}

/** Ours, with the wanted images, and as we wrote it. */
function isIntactCanary(found: Workload, component: ComponentSnapshot): boolean {
  return (
    isOurs(found.labels) &&
    hasImages(found.template, component.images, 'to') &&
    found.annotations[TEMPLATE_DIGEST] === found.templateDigest
  );
}

export function templateAnnotations(template: PodTemplate): Readonly<Record<string, string>> {
  return { [TEMPLATE_DIGEST]: digest(template) };
}
