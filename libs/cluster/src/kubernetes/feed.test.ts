import { afterEach, describe, expect, it } from '@jest/globals';
import { AdapterError } from '@fairlead/contracts';
import { PODS } from './api.ts';
import type { Api } from './api.ts';
import type { Connection, WatchEnd } from './client.ts';
import { createFeed } from './feed.ts';
import type { Feed } from './feed.ts';

interface Watch {
  readonly resourceVersion: string;
  readonly event: (type: string, raw: unknown) => void;
  readonly end: (end: WatchEnd) => void;
}

/** An API server of one kind: what it lists, and the watches that were opened. */
function server() {
  const watches: Watch[] = [];
  const answers: (string[] | Error)[] = [];
  let lists = 0;
  const api = {
    list() {
      lists += 1;
      const answer = answers.shift() ?? [];
      if (answer instanceof Error) return Promise.reject(answer);
      const items = answer.map((name) => pod(name, '1'));
      return Promise.resolve({ items, resourceVersion: String(lists * 100) });
    },
  } as unknown as Api;
  const connection: Pick<Connection, 'watch'> = {
    watch(_path, { resourceVersion = '' }, listeners) {
      watches.push({ resourceVersion, ...listeners });
      return Promise.resolve({ close: () => undefined });
    },
  };
  return {
    api,
    connection: connection as Connection,
    watches,
    answers,
    get lists() {
      return lists;
    },
  };
}

function pod(name: string, resourceVersion: string) {
  return { metadata: { name, resourceVersion } };
}

let feed: Feed<string>;
afterEach(() => {
  feed.close();
});

function open({ api, connection }: ReturnType<typeof server>): void {
  const distil = (raw: ReturnType<typeof pod>) => raw.metadata.resourceVersion;
  feed = createFeed({ api, connection, kind: PODS, namespace: 'shop', distil });
}

/** Resolves at the first change after which `condition` holds. */
async function until(condition: () => boolean): Promise<void> {
  if (condition()) return;
  await new Promise<void>((resolve) => {
    const forget = feed.onChange(() => {
      if (!condition()) return;
      forget();
      resolve();
    });
  });
}

describe('a feed', () => {
  it('lists once, then follows the watch', async () => {
    const away = server();
    away.answers.push(['a']);
    open(away);
    await until(() => feed.blind === undefined);

    away.watches[0]?.event('ADDED', pod('b', '101'));
    away.watches[0]?.event('DELETED', pod('a', '102'));
    await until(() => feed.items.size === 1 && feed.items.has('b'));

    expect([...feed.items]).toEqual([['b', '101']]);
    expect(away.lists).toBe(1);
  });

  it('goes on from where it was, without a list, when the watch ends by itself', async () => {
    const away = server();
    open(away);
    await until(() => feed.blind === undefined);
    away.watches[0]?.event('BOOKMARK', pod('', '150'));

    away.watches[0]?.end({ error: undefined });
    await until(() => away.watches.length === 2 && feed.blind === undefined);

    expect(away.watches[1]?.resourceVersion).toBe('150');
    expect(away.lists).toBe(1);
  });

  it.each<[string, (watch: Watch) => void]>([
    [
      'in the stream',
      (watch) => {
        watch.event('ERROR', { code: 410, message: 'too old' });
      },
    ],
    [
      'as its answer',
      (watch) => {
        watch.end({ error: { status: 410, message: 'Gone' } });
      },
    ],
  ])('F6: lists anew when 410 comes %s, and forgets what is no more', async (_how, gone) => {
    const away = server();
    away.answers.push(['a'], ['b']);
    open(away);
    await until(() => feed.blind === undefined);

    const [watch] = away.watches;
    if (watch !== undefined) gone(watch);
    await until(() => away.watches.length === 2 && feed.blind === undefined);

    expect([...feed.items.keys()]).toEqual(['b']);
    expect(away.lists).toBe(2);
  });

  it('is blind while it cannot list, and tries again', async () => {
    const away = server();
    away.answers.push(new AdapterError('cluster-unreachable', 'connection refused'), ['a']);
    open(away);

    await until(() => feed.blind === 'connection refused');
    await until(() => feed.blind === undefined);

    expect([...feed.items.keys()]).toEqual(['a']);
  });

  it('lists anew after a watch that was cut: it may have missed what was', async () => {
    const away = server();
    open(away);
    await until(() => feed.blind === undefined);

    away.watches[0]?.end({ error: { message: 'ECONNRESET' } });
    await until(() => feed.blind?.includes('ECONNRESET') === true);
    await until(() => feed.blind === undefined);

    expect(away.lists).toBe(2);
  });
});
