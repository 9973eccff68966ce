import type { PodSpec, TemplateContainer } from '../objects.ts';
import { parseQuantity } from './quantity.ts';

/** What one pod counts for in a ResourceQuota, by the quota's own names. */
export type Amounts = Readonly<Record<string, number>>;

interface Resources {
  readonly requests?: Readonly<Record<string, unknown>>;
  readonly limits?: Readonly<Record<string, unknown>>;
}

const COMPUTED = [
  ['requests', 'cpu'],
  ['requests', 'memory'],
  ['limits', 'cpu'],
  ['limits', 'memory'],
] as const;

export function podAmounts(spec: PodSpec): Amounts {
  const amounts: Record<string, number> = { pods: 1, 'count/pods': 1 };
  for (const [kind, resource] of COMPUTED) {
    const amount = effective(spec, (container) => valueOf(container, kind, resource));
    amounts[`${kind}.${resource}`] = amount;
    if (kind === 'requests') amounts[resource] = amount;
  }
  return amounts;
}

/** Init containers run one after another, before the others, except those that stay (sidecars). */
function effective(spec: PodSpec, of: (container: TemplateContainer) => number): number {
  const inits = spec.initContainers ?? [];
  const stays = inits.filter(({ restartPolicy }) => restartPolicy === 'Always');
  const passes = inits.filter(({ restartPolicy }) => restartPolicy !== 'Always');
  const lasting = [...spec.containers, ...stays].reduce((sum, one) => sum + of(one), 0);
  return Math.max(lasting, ...passes.map(of));
}

/** Kubernetes takes the limit for a request that is not given. */
function valueOf(
  container: TemplateContainer,
  kind: 'requests' | 'limits',
  resource: 'cpu' | 'memory',
): number {
  const { requests, limits } = (container.resources ?? {}) as Resources;
  const given =
    kind === 'requests' ? (requests?.[resource] ?? limits?.[resource]) : limits?.[resource];
  return parseQuantity(given);
}

export function times(amounts: Amounts, pods: number): Amounts {
  return Object.fromEntries(Object.entries(amounts).map(([name, value]) => [name, value * pods]));
}

export function sum(all: readonly Amounts[]): Amounts {
  const total: Record<string, number> = {};
  for (const [name, value] of all.flatMap((one) => Object.entries(one))) {
    total[name] = (total[name] ?? 0) + value;
  }
  return total;
}
