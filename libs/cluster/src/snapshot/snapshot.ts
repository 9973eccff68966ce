import type {
  ClusterSnapshot,
  PlannedComponent,
  Refusal,
  SnapshotRequest,
} from '@fairlead/contracts';
import { read } from '../apply/run.ts';
import type { Reading } from '../apply/run.ts';
import type { Access, Cluster } from '../port.ts';
import { examineComponent } from './component.ts';
import type { Examined } from './component.ts';
import { isReading, neededAccess, permissionMessage } from './permissions.ts';
import { sum } from './pod-resources.ts';
import { settledRoute } from './settled-route.ts';
import { lackingRoom } from './quota.ts';
import { finding } from './traffic.ts';
import type { Finding } from './traffic.ts';
import { unsupported } from './workload-findings.ts';

/** Reads what is there and finds all that could not work, at once. Writes nothing. */
export async function takeSnapshot(
  request: SnapshotRequest,
  { cluster, signal }: { readonly cluster: Cluster; readonly signal: AbortSignal },
): Promise<ClusterSnapshot> {
  const reading: Reading = { cluster, signal, namespace: request.namespace };
  const { components, namespace } = request;
  const never = unsupported(request);
  if (never.length > 0) return refuseAll(components, never);

  const denied = await deniedAccess(reading, neededAccess(request));
  const noPermission: readonly Finding[] =
    denied.length === 0
      ? []
      : [finding('permission-missing', permissionMessage(denied, namespace))];
  if (denied.some(isReading)) return refuseAll(components, noPermission);

  const [services, autoscalers, quotas, route] = await Promise.all([
    read(reading, cluster.services(namespace)),
    read(reading, cluster.autoscalers(namespace)),
    read(reading, cluster.quotas(namespace)),
    request.type === 'canary' && request.traffic.router === 'gateway-api'
      ? settledRoute(reading, request.traffic.route)
      : undefined,
  ]);
  const around = { namespace, services, autoscalers, route };
  const examined = await Promise.all(
    components.map((component) => examineComponent(reading, request, { component, around })),
  );
  const changing = examined.filter(({ snapshot }) => snapshot?.images.length !== 0);
  const refusals = examined.flatMap((one) => [
    ...one.findings.map((found) => refusal(one, found)),
    ...(changing.includes(one) ? noPermission.map((found) => refusal(one, found)) : []),
  ]);
  for (const wave of waves(components, changing)) {
    for (const lacking of lackingRoom(quotas, sum(wave.map(({ needs }) => needs)))) {
      const found = finding(
        'quota-exceeded',
        `no room for ${request.type} in ${namespace}: ${lacking}; raise the quota or make room`,
      );
      refusals.push(...wave.map((one) => refusal(one, found)));
    }
  }
  const refused = new Set(refusals.map(({ component }) => component));
  return {
    components: examined.flatMap(({ snapshot }) =>
      snapshot === undefined || refused.has(snapshot.name) ? [] : [snapshot],
    ),
    refusals,
    warnings: examined.flatMap(({ warnings }) => warnings),
  };
}

function refusal({ component }: Examined, found: Finding): Refusal {
  return { component, ...found };
}

function refuseAll(
  components: readonly PlannedComponent[],
  findings: readonly Finding[],
): ClusterSnapshot {
  const refusals = components.flatMap(({ name }) =>
    findings.map((one): Refusal => ({ component: name, ...one })),
  );
  return { components: [], refusals, warnings: [] };
}

async function deniedAccess(
  reading: Reading,
  needed: readonly Access[],
): Promise<readonly Access[]> {
  const { cluster, namespace } = reading;
  const answers = await Promise.all(
    needed.map((access) => read(reading, cluster.mayI(namespace, access))),
  );
  return needed.filter((_access, index) => answers[index] === false);
}

/** Components that are changed at one time: they need their room together. */
function waves(
  components: readonly PlannedComponent[],
  changing: readonly Examined[],
): Examined[][] {
  const byName = new Map(components.map((component) => [component.name, component]));
  function depth(name: string, seen: readonly string[] = []): number {
    const after = seen.includes(name) ? [] : (byName.get(name)?.after ?? []);
    return Math.max(0, ...after.map((one) => 1 + depth(one, [...seen, name])));
  }
  const byDepth = Map.groupBy(changing, ({ component }) => depth(component));
  return [...byDepth.values()];
}
