import { AdapterError } from '@fairlead/contracts';
import type { ProvisionChange } from '@fairlead/contracts';
import type { Made, ProvisionOptions } from '../../provisioning/provisioner.ts';
import { DATADOG } from '../client.ts';
import { decide, oursOf } from './decide.ts';
import type { Decision } from './decide.ts';
import { look, lookTwice } from './look.ts';
import type { Item, Store, Wanted } from './store.ts';

/** While it is under way. */
interface Course {
  readonly signal: AbortSignal;
  readonly made?: Made | undefined;
}

export async function planChanges<Body>(
  store: Store<Body>,
  options: ProvisionOptions,
  signal: AbortSignal,
): Promise<readonly ProvisionChange[]> {
  const items = await look(store, signal);
  return decide(store.wanted, items, options).map((decision) => toChange(store, decision));
}

/**
 * Whatever it was interrupted at, another one brings it to its end.
 * @throws AdapterError
 */
export async function applyChanges<Body>(
  store: Store<Body>,
  options: ProvisionOptions,
  { signal, made }: Course,
): Promise<readonly ProvisionChange[]> {
  const items = await look(store, signal);
  const decisions = decide(store.wanted, items, options);
  const created = new Map<string, string>();
  for (const decision of decisions) {
    const { action, item, wanted } = decision;
    if (action === 'create' && wanted !== undefined) {
      const id = await createOnce(store, wanted, signal);
      await seal(store, { id, wanted }, signal);
      created.set(wanted.key, id);
    } else if (action === 'update' && item !== undefined && wanted !== undefined) {
      const { key, form } = wanted;
      await store.update(item.id, wanted.body({ id: key, form }), signal);
      await seal(store, { id: item.id, wanted }, signal);
    } else if (action === 'remove' && item !== undefined) {
      await store.remove(item.id, signal);
    }
    made?.(toChange(store, decision));
  }
  const surplus = await removeSurplus(store, created, signal);
  return decisions.map((decision) => {
    const { wanted } = decision;
    const isSurplus = wanted !== undefined && surplus.has(wanted.key);
    return toChange(
      store,
      isSurplus ? { title: wanted.title, action: 'unchanged', detail: MADE_ELSEWHERE } : decision,
    );
  });
}

const MADE_ELSEWHERE = 'another apply made it at the same time';

/** Twice looked for, so that a list that is short for a moment hides nothing. */
export async function removeAll<Body>(
  store: Store<Body>,
  { signal, made }: Course,
): Promise<readonly ProvisionChange[]> {
  const items = await lookTwice(store, signal);
  const titles = new Map(store.wanted.map(({ key, title }) => [key, title]));
  // Things of an earlier release are among them.
  const ours = [...new Set(items.map(({ key }) => key))].flatMap((key) =>
    oursOf(items, key, titles.get(key)),
  );
  const changes: ProvisionChange[] = [];
  for (const { id, title } of ours) {
    await store.remove(id, signal);
    const change = { thing: store.thing, name: title, action: 'remove' } as const;
    changes.push(change);
    made?.(change);
  }
  return changes;
}

/** After an answer that does not say whether it was stored, it is looked for before anything else is made. */
async function createOnce<Body>(
  store: Store<Body>,
  { key, title, form, body }: Wanted<Body>,
  signal: AbortSignal,
): Promise<string> {
  try {
    return await store.create(body({ id: key, form }), signal);
  } catch (error) {
    const isAmbiguous = error instanceof AdapterError && error.type === 'vendor-unreachable';
    if (!isAmbiguous || signal.aborted) throw error;
    const [found] = oursOf(await lookTwice(store, signal), key, title);
    if (found === undefined) throw error;
    return found.id;
  }
}

/** Datadog adds its defaults to what it stores: only read back it tells what a person's edit would differ from. */
async function seal<Body>(
  store: Store<Body>,
  { id, wanted }: { readonly id: string; readonly wanted: Wanted<Body> },
  signal: AbortSignal,
): Promise<void> {
  const { key, title, form, body } = wanted;
  const item = await store.read(id, signal);
  if (item === undefined) {
    const why = `${DATADOG} does not show ${title} (${id}), which it has just stored`;
    throw new AdapterError('vendor-unreachable', why);
  }
  await store.update(id, body({ id: key, form, seal: item.fingerprint }), signal);
}

/** Of two applies at once each made its own: the older one stays, and who made the younger takes it back. */
async function removeSurplus<Body>(
  store: Store<Body>,
  created: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const surplus = new Set<string>();
  if (created.size === 0) return surplus;
  const items = await lookTwice(store, signal);
  for (const { key, title } of store.wanted) {
    const id = created.get(key);
    const [oldest]: readonly Item[] = oursOf(items, key, title);
    if (id === undefined || oldest === undefined || oldest.id === id) continue;
    await store.remove(id, signal);
    surplus.add(key);
  }
  return surplus;
}

function toChange<Body>({ thing }: Store<Body>, decision: Decision<Body>): ProvisionChange {
  const { title, action, detail } = decision;
  return { thing, name: title, action, ...(detail === undefined ? {} : { detail }) };
}
