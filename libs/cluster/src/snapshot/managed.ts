import type { Workload } from '../objects.ts';

/** Labels and annotations by which controllers mark what they will put back as they want it. Plain Helm does not. */
const MARKS: readonly (readonly [prefix: string, manager: string])[] = [
  ['argocd.argoproj.io/tracking-id', 'Argo CD'],
  ['argocd.argoproj.io/instance', 'Argo CD'],
  ['kustomize.toolkit.fluxcd.io/', 'Flux'],
  ['helm.toolkit.fluxcd.io/', 'Flux'],
  ['rollout.argoproj.io/', 'Argo Rollouts'],
  ['rollouts.kruise.io/', 'Kruise Rollouts'],
  ['batchrelease.rollouts.kruise.io/', 'Kruise Rollouts'],
];

/** Who would undo our writes, and by what it is known. */
export function managerOf(workload: Workload, primary: Workload | undefined): string | undefined {
  const keys = [...Object.keys(workload.labels), ...Object.keys(workload.annotations)];
  for (const [prefix, manager] of MARKS) {
    const mark = keys.find((key) => key.startsWith(prefix));
    if (mark !== undefined) return `${manager} (${mark})`;
  }
  const flagger = primary?.owners.find(({ apiVersion }) => apiVersion.startsWith('flagger.app/'));
  if (flagger !== undefined) return `Flagger (Canary ${flagger.name})`;
  const owner = workload.owners.find(({ controller }) => controller);
  return owner === undefined ? undefined : `its owner ${owner.kind} ${owner.name}`;
}

/** Flagger serves from a copy of this name. */
export function flaggerPrimary(workload: string): string {
  return `${workload}-primary`;
}
