import { listOf, objectOf } from './datadog-replies.ts';
import type { Body } from './datadog-replies.ts';

/** Something that Datadog keeps, with what it adds of its own. */
export type Kept = Body & { readonly id: string | number };

/** Monitors or dashboards: each write is stored with Datadog's own defaults. */
export interface Shelf {
  readonly all: readonly Kept[];
  find(id: string): Kept | undefined;
  add(body: Body): Kept;
  replace(id: string, body: Body): Kept | undefined;
  remove(id: string): boolean;
}

/** `complete` adds what Datadog adds: anything that the body leaves out. */
export function createShelf(complete: (body: Body, number: number) => Kept): Shelf {
  const all: Kept[] = [];
  let made = 0;

  function indexOf(id: string): number {
    return all.findIndex((one) => String(one.id) === id);
  }

  return {
    all,
    find(id) {
      return all[indexOf(id)];
    },
    add(body) {
      made += 1;
      const kept = complete(body, made);
      all.push(kept);
      return kept;
    },
    replace(id, body) {
      const before = all[indexOf(id)];
      if (before === undefined) return undefined;
      const { id: same, created, created_at } = before;
      const after = { ...complete(body, made), id: same };
      const kept = {
        ...after,
        ...(created === undefined ? {} : { created }),
        ...(created_at === undefined ? {} : { created_at }),
      };
      all[indexOf(id)] = kept;
      return kept;
    },
    remove(id) {
      const index = indexOf(id);
      if (index >= 0) all.splice(index, 1);
      return index >= 0;
    },
  };
}

export function completeMonitor(body: Body, number: number): Kept {
  const at = momentOf(number);
  return {
    draft_status: 'published',
    restricted_roles: null,
    ...body,
    options: {
      notify_audit: false,
      new_host_delay: 300,
      silenced: {},
      ...objectOf(body['options']),
    },
    id: 1_000_000 + number,
    created: at,
    modified: at,
    creator: { email: 'fairlead@example.com', handle: 'fairlead@example.com', name: null },
    deleted: null,
    multi: true,
    overall_state: 'No Data',
  };
}

export function completeDashboard(body: Body, number: number): Kept {
  const at = momentOf(number);
  const widgets = listOf(body['widgets']);
  return {
    notify_list: [],
    is_read_only: false,
    restricted_roles: [],
    ...body,
    widgets: widgets.map((widget, index) => ({
      ...widget,
      definition: { title_size: '16', title_align: 'left', ...objectOf(widget['definition']) },
      // Anew at each write.
      id: Math.floor(Math.random() * 1e9) + index,
    })),
    id: `abc-${number}-def`,
    url: `/dashboard/abc-${number}-def/ours`,
    author_handle: 'fairlead@example.com',
    author_name: null,
    created_at: at,
    modified_at: at,
  };
}

/** A second later than the one before. */
function momentOf(number: number): string {
  return new Date(Date.UTC(2026, 0, 2) + number * 1_000).toISOString();
}
