import { randomInt } from 'node:crypto';
import type { AdminApi } from './admin-api.ts';
import { objectPath } from './object-path.ts';

/** Labels of pods that run and are not ready before `letReady` says so: what waits for them waits for the test. */
export const HELD = { 'testcluster/fail': 'neverready' };

interface Pod {
  readonly metadata: { readonly name: string };
  readonly status?: PodStatus;
}
interface PodStatus {
  readonly phase?: string;
  readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  readonly containerStatuses?: readonly object[];
}

const GONE = 404;

/** Plays the kubelet for the pods whose name begins so; default all of the namespace. New ones wait again. */
export async function letReady(api: AdminApi, namespace: string, prefix = ''): Promise<void> {
  const { items } = await api.call<{ readonly items: readonly Pod[] }>(
    'GET',
    objectPath('pods', namespace),
  );
  const waiting = items.filter(
    ({ metadata, status }) =>
      metadata.name.startsWith(prefix) &&
      status?.phase === 'Running' &&
      status.conditions?.some((one) => one.type === 'Ready' && one.status !== 'True'),
  );
  await Promise.all(
    waiting.map(({ metadata, status = {} }) =>
      api.call('PATCH', `${objectPath('pods', namespace, metadata.name)}/status`, {
        body: { status: ready(status) },
        contentType: 'application/merge-patch+json',
        also: GONE,
      }),
    ),
  );
}

/** With an address, without which no Service would have it as an endpoint. */
function ready({ conditions = [], containerStatuses = [] }: PodStatus): object {
  const lastTransitionTime = new Date().toISOString();
  const podIP = `10.245.${randomInt(256)}.${randomInt(1, 255)}`;
  return {
    podIP,
    podIPs: [{ ip: podIP }],
    conditions: conditions.map((one) =>
      ['Ready', 'ContainersReady'].includes(one.type)
        ? { type: one.type, status: 'True', lastTransitionTime }
        : one,
    ),
    containerStatuses: containerStatuses.map((one) => ({ ...one, ready: true })),
  };
}
