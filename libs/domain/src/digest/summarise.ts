import type {
  Delivery,
  DigestContent,
  DigestCount,
  DigestLine,
  EventKind,
} from '@fairlead/contracts';

/** Lines of a digest: a screen of a phone (delivery.md). */
const LINE_LIMIT = 10;

/** Most severe first; kinds that are not here inform. */
const ORDER: readonly EventKind[] = [
  'deployment-failed',
  'rollback-initiated',
  'rollback-completed',
];

/** One message in place of many; of digests too. `deliveries` holds at least one. */
export function summarise(key: string, deliveries: readonly Delivery[]): Delivery {
  const [lead] = deliveries.toSorted((a, b) => rankOf(a.event.kind) - rankOf(b.event.kind));
  if (lead === undefined) throw new Error('a digest of nothing');
  const parts = deliveries.map(contentOf);
  const first = parts
    .flatMap((part) => part.first)
    .toSorted((a, b) => rankOf(a.kind) - rankOf(b.kind) || a.at.localeCompare(b.at));
  return {
    ...lead,
    key,
    digest: {
      count: parts.reduce((sum, { count }) => sum + count, 0),
      counts: merge(parts.flatMap(({ counts }) => counts)),
      first: first.slice(0, LINE_LIMIT),
    },
  };
}

function contentOf({ event, facts, digest }: Delivery): DigestContent {
  if (digest !== undefined) return digest;
  const { kind, at, mark } = event;
  const { environment, application, deploymentId } = facts;
  const line: DigestLine = { environment, application, deploymentId, kind, at };
  const one = { environment, kind, count: 1, ...(mark === 'rollback-failed' && { mark }) };
  return { count: 1, counts: [one], first: [line] };
}

function merge(counts: readonly DigestCount[]): DigestCount[] {
  const sums = new Map<string, DigestCount>();
  for (const one of counts) {
    const name = [one.environment, one.kind, one.mark].join('/');
    sums.set(name, { ...one, count: one.count + (sums.get(name)?.count ?? 0) });
  }
  return [...sums.values()].sort((a, b) => rankOf(a.kind) - rankOf(b.kind) || b.count - a.count);
}

function rankOf(kind: EventKind): number {
  const rank = ORDER.indexOf(kind);
  return rank === -1 ? ORDER.length : rank;
}
