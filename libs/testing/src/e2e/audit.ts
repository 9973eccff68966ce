import type { AuditEntry } from '../servers/index.ts';

interface ApiObject {
  readonly metadata?: { readonly name?: string; readonly generation?: number };
  readonly spec?: unknown;
}

/**
 * What one user's writes changed in a namespace, oldest first, a line each: `create deployments/api-canary`,
 * `patch deployments/api: {…} → {…}` with the specs before and after. A patch that left the generation as it was
 * changed nothing and is not here. A change that is made twice has the same line twice.
 */
export function effectiveWrites(
  entries: readonly AuditEntry[],
  { user, namespace }: { user: string; namespace: string },
): string[] {
  const known = new Map<string, ApiObject>();
  const writes: string[] = [];
  const answered = entries.filter(
    ({ objectRef, responseStatus }) =>
      objectRef?.namespace === namespace && (responseStatus?.code ?? 500) < 300,
  );
  for (const entry of answered) {
    const after = (entry.responseObject ?? {}) as ApiObject;
    const { resource = '', name = after.metadata?.name ?? '', subresource } = entry.objectRef ?? {};
    const object = `${resource}/${name}`;
    const before = known.get(object);
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
