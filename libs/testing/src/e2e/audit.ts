import type { AuditEntry } from '../servers/index.ts';

interface ApiObject {
  readonly metadata?: { readonly name?: string; readonly generation?: number };
  readonly spec?: unknown;
}

/**
 * What one user's writes changed in a namespace, oldest first, a line each: `create deployments/api-canary`,
 * `patch deployments/api: {…} → {…}` with the specs before and after. A patch that left the generation as it was
 * changed nothing and is not here. A change that is made twice has the same line twice. A creation that got no answer,
 * since its process died, is here from when somebody else writes to the object.
 */
export function effectiveWrites(
  entries: readonly AuditEntry[],
  { user, namespace }: { user: string; namespace: string },
): string[] {
  const known = new Map<string, ApiObject>();
  const writes: string[] = [];
  const unanswered = new Set<string>();
  for (const entry of entries.filter(({ objectRef }) => objectRef?.namespace === namespace)) {
    const asked = (entry.requestObject ?? {}) as ApiObject;
    const after = (entry.responseObject ?? {}) as ApiObject;
    const named = after.metadata?.name ?? asked.metadata?.name ?? '';
    const { resource = '', name = named, subresource } = entry.objectRef ?? {};
    const object = `${resource}/${name}`;
    const before = known.get(object);
    if ((entry.responseStatus?.code ?? 500) >= 300) {
      const isCreation = entry.verb === 'create' && entry.user.username === user;
      if (isCreation && before === undefined) unanswered.add(object);
      continue;
    }
    if (unanswered.delete(object) && entry.verb !== 'create') writes.push(`create ${object}`);
    if (after.metadata?.generation !== undefined) known.set(object, after);
    if (entry.user.username !== user || subresource !== undefined) continue;
    if (entry.verb === 'create' || entry.verb === 'delete') writes.push(`${entry.verb} ${object}`);
    if (entry.verb === 'patch' && after.metadata?.generation !== before?.metadata?.generation) {
      writes.push(
        `patch ${object}: ${JSON.stringify(before?.spec)} → ${JSON.stringify(after.spec)}`,
      );
    }
  }
  return writes;
}
