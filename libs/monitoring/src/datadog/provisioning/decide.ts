import type { ChangeAction } from '@fairlead/contracts';
import type { ProvisionOptions } from '../../provisioning/provisioner.ts';
import { differences } from './fingerprint.ts';
import type { Item, Wanted } from './store.ts';

/** What is to be done with one thing. */
export interface Decision<Body> {
  readonly title: string;
  readonly action: ChangeAction;
  readonly detail?: string;
  readonly item?: Item;
  readonly wanted?: Wanted<Body>;
}

/** Pure: what `plan` shows is what `apply` does. */
export function decide<Body>(
  wanted: readonly Wanted<Body>[],
  items: readonly Item[],
  options: ProvisionOptions,
): readonly Decision<Body>[] {
  return wanted.flatMap((one) => {
    const [oldest, ...duplicates] = oursOf(items, one.key, one.title);
    if (oldest === undefined) return [{ title: one.title, action: 'create', wanted: one } as const];
    return [
      decideOne(one, oldest, options),
      ...duplicates.map((item) => decideDuplicate(item, options)),
    ];
  });
}

/**
 * Of one key, oldest first. A person's copy carries our mark under another name and is theirs; but where none has our
 * name, the oldest is ours, which a person renamed.
 */
export function oursOf(
  items: readonly Item[],
  key: string,
  title: string | undefined,
): readonly Item[] {
  const marked = items.filter((item) => item.key === key).toSorted(byAge);
  const named = marked.filter((item) => item.title === title);
  if (named.length > 0) return named;
  return marked.filter((item) => item.title === marked[0]?.title);
}

function byAge(a: Item, b: Item): number {
  const ageMs = Date.parse(a.createdAt) - Date.parse(b.createdAt);
  if (ageMs !== 0 && !Number.isNaN(ageMs)) return ageMs;
  // Numbers of the same second by their size.
  return a.id.length - b.id.length || (a.id < b.id ? -1 : 1);
}

function decideOne<Body>(
  wanted: Wanted<Body>,
  item: Item,
  { force }: ProvisionOptions,
): Decision<Body> {
  const { title, form, wire } = wanted;
  const { marker, content, fingerprint } = item;
  const different = differences(wire, content).join(', ');
  const isEdited = marker === undefined || (marker.seal ?? fingerprint) !== fingerprint;
  const what = different === '' ? 'something was added' : `differs in ${different}`;
  if (isEdited && !force) {
    return { title, action: 'edited', detail: `a person changed it: ${what}`, item, wanted };
  }
  if (isEdited) {
    return { title, action: 'update', detail: `over a person's change: ${what}`, item, wanted };
  }
  if (marker.seal === undefined) {
    return {
      title,
      action: 'update',
      detail: 'what was begun is brought to its end',
      item,
      wanted,
    };
  }
  if (marker.form !== form) return { title, action: 'update', detail: what, item, wanted };
  return { title, action: 'unchanged', item, wanted };
}

function decideDuplicate(item: Item, { removeDuplicates }: ProvisionOptions): Decision<never> {
  const { id, title, createdAt } = item;
  const which = `a second one, ${id} of ${createdAt}`;
  if (removeDuplicates) return { title, action: 'remove', detail: which, item };
  return {
    title,
    action: 'duplicate',
    detail: `${which}; it stays until its removal is asked for`,
    item,
  };
}
