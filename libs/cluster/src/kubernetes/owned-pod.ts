import type { Controller, OwnedPod, Ref } from '../objects.ts';
import { METADATA_LIST, PODS, REPLICA_SETS } from './api.ts';
import type { Api, Kind } from './api.ts';
import { controllerOf } from './controller.ts';
import type { RawMeta } from './raw.ts';

/** A pod and its controllers; of their metadata alone, and by `list`, which needs no verb that watching does not. */
export async function readOwnedPod(api: Api, { namespace, name }: Ref) {
  const found = await findMeta(api, PODS, { namespace, name });
  return found === undefined ? undefined : toOwnedPod(api, namespace, found);
}

async function toOwnedPod(api: Api, namespace: string, meta: RawMeta): Promise<OwnedPod> {
  return {
    name: meta.name,
    uid: meta.uid,
    labels: meta.labels ?? {},
    deleting: meta.deletionTimestamp !== undefined,
    ...(meta.deletionTimestamp === undefined ? {} : { goneBy: meta.deletionTimestamp }),
    controllers: await controllersOf(api, namespace, meta),
  };
}

/** Only a ReplicaSet has a controller of its own that matters here. */
async function controllersOf(api: Api, namespace: string, meta: RawMeta): Promise<Controller[]> {
  const nearest = controllerOf(meta);
  if (nearest?.kind !== 'ReplicaSet') return nearest === undefined ? [] : [nearest];
  const replicaSet = await findMeta(api, REPLICA_SETS, { namespace, name: nearest.name });
  const above = replicaSet?.uid === nearest.uid ? controllerOf(replicaSet) : undefined;
  return above === undefined ? [nearest] : [nearest, above];
}

async function findMeta(api: Api, kind: Kind, { namespace, name }: Ref) {
  const fieldSelector = `metadata.name=${escaped(name)}`;
  const { items } = await api.list(kind, namespace, { fieldSelector }, METADATA_LIST);
  return (items as readonly { readonly metadata: RawMeta }[]).find(
    ({ metadata }) => metadata.name === name,
  )?.metadata;
}

/** As `fields.EscapeValue` of apimachinery does: a name may come from outside. */
function escaped(value: string): string {
  return value.replaceAll(/[\\,=]/g, String.raw`\$&`);
}
