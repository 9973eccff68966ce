import type { Api, Kind } from './api.ts';
import type { Connection } from './client.ts';
import { createFeed } from './feed.ts';
import type { Feed } from './feed.ts';

/** A feed in use; it stays open for a while after the last one let go, so that the next step finds it current. */
export interface Lease<T> {
  readonly feed: Feed<T>;
  release(): void;
}

export interface Feeds {
  lease<T>(kind: Kind, namespace: string, distil: (raw: never) => T): Lease<T>;
  close(): void;
}

/** Longer than the pause between two activities of one run, shorter than a pause that waits for people. */
const LINGER_MS = 60_000;

interface Shared {
  readonly feed: Feed<unknown>;
  uses: number;
  linger?: NodeJS.Timeout;
}

/** One watch for each kind and namespace, however many look. */
export function createFeeds(api: Api, connection: Connection): Feeds {
  const open = new Map<string, Shared>();
  return {
    lease<T>(kind: Kind, namespace: string, distil: (raw: never) => T): Lease<T> {
      const key = `${namespace}/${kind.resource}`;
      const shared: Shared = open.get(key) ?? {
        feed: createFeed({ api, connection, kind, namespace, distil }),
        uses: 0,
      };
      open.set(key, shared);
      clearTimeout(shared.linger);
      shared.uses += 1;
      let held = true;
      return {
        feed: shared.feed as Feed<T>,
        release() {
          if (!held) return;
          held = false;
          shared.uses -= 1;
          if (shared.uses > 0) return;
          shared.linger = setTimeout(() => {
            open.delete(key);
            shared.feed.close();
          }, LINGER_MS);
          shared.linger.unref();
        },
      };
    },
    close() {
      for (const { feed, linger } of open.values()) {
        clearTimeout(linger);
        feed.close();
      }
      open.clear();
    },
  };
}
