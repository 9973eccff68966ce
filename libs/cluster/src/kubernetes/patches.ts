import type { ImageChange } from '@fairlead/contracts';
import { conflict } from '../failures.ts';
import type { AutoscalerView, Labels, Lease, LeaseClaim, Route, Workload } from '../objects.ts';
import type { RulePatch, WorkloadPatch } from '../port.ts';
import type { JsonPatchOperation } from './api.ts';
import { leaseSpec } from './lease-object.ts';

/** The object is the one that was read, and its spec has not been changed since; a status update does not count. */
function unchanged({
  uid,
  generation,
}: Pick<Workload, 'uid' | 'generation'>): JsonPatchOperation[] {
  return [
    { op: 'test', path: '/metadata/uid', value: uid },
    { op: 'test', path: '/metadata/generation', value: generation },
  ];
}

export function workloadPatch(read: Workload, patch: WorkloadPatch): JsonPatchOperation[] {
  return [
    ...unchanged(read),
    ...(patch.images ?? []).flatMap((image) => imagePatch(read, image)),
    ...(patch.template === undefined
      ? []
      : [{ op: 'replace', path: '/spec/template', value: patch.template } as const]),
    ...(patch.replicas === undefined
      ? []
      : [{ op: 'replace', path: '/spec/replicas', value: patch.replicas } as const]),
    ...mapPatch('/metadata/labels', patch.labels, read.labels),
    ...mapPatch('/metadata/annotations', patch.annotations, read.annotations),
  ];
}

/** JSON patch knows only places; the name at the place is tested beside the image. */
function imagePatch(
  { name: workload, template }: Workload,
  { container, init, from, to }: ImageChange,
): JsonPatchOperation[] {
  const list = (init ? template.spec.initContainers : template.spec.containers) ?? [];
  const place = list.findIndex(({ name }) => name === container);
  if (place < 0) throw conflict(`${workload} has no container ${container} any more`);
  const path = `/spec/template/spec/${init ? 'initContainers' : 'containers'}/${place}`;
  return [
    { op: 'test', path: `${path}/name`, value: container },
    { op: 'test', path: `${path}/image`, value: from },
    { op: 'replace', path: `${path}/image`, value: to },
  ];
}

export function routePatch(read: Route, rules: readonly RulePatch[]): JsonPatchOperation[] {
  return [
    ...unchanged(read),
    ...rules.flatMap(({ rule, backendRefs }): JsonPatchOperation[] => {
      const path = `/spec/rules/${rule}/backendRefs`;
      const present = read.spec.rules?.[rule]?.backendRefs ?? [];
      return [
        ...present.map(
          ({ name }, index) =>
            ({ op: 'test', path: `${path}/${index}/name`, value: name }) as const,
        ),
        { op: 'replace', path, value: backendRefs },
      ];
    }),
  ];
}

export function autoscalerPatch(
  { uid, maxReplicas: from }: AutoscalerView,
  { maxReplicas: to }: { readonly maxReplicas: number },
): JsonPatchOperation[] {
  return [
    { op: 'test', path: '/metadata/uid', value: uid },
    { op: 'test', path: '/spec/maxReplicas', value: from },
    { op: 'replace', path: '/spec/maxReplicas', value: to },
  ];
}

/** Of two who read the same, one writes. */
export function leasePatch({ resourceVersion }: Lease, claim: LeaseClaim): JsonPatchOperation[] {
  return [
    { op: 'test', path: '/metadata/resourceVersion', value: resourceVersion },
    { op: 'add', path: '/spec', value: leaseSpec(claim) },
  ];
}

/** Adds to a map that may not be there yet. */
export function mapPatch(
  path: string,
  added: Labels | undefined,
  present: Labels,
): JsonPatchOperation[] {
  const entries = Object.entries(added ?? {});
  if (entries.length === 0) return [];
  if (Object.keys(present).length === 0) return [{ op: 'add', path, value: added }];
  return entries.map(([key, value]) => ({
    op: 'add',
    path: `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    value,
  }));
}
