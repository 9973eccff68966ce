import { AdapterError } from '@fairlead/contracts';
import { pathOf } from './api.ts';
import type { Api, Kind } from './api.ts';
import type { Connection, WatchEnd } from './client.ts';
import { toForbidden } from './errors.ts';
import type { RawMeta } from './raw.ts';

/** A watch that ends sooner is one that something in between cuts off. */
const SHORT_WATCH_MS = 1000;

/** All objects of a kind in a namespace, kept current by one watch. */
export interface Feed<T> {
  /** Meaningful only while `blind` is undefined. */
  readonly items: ReadonlyMap<string, T>;
  /** Why nothing may be decided now. */
  readonly blind: string | undefined;
  onChange(listener: () => void): () => void;
  close(): void;
}

interface Source<T> {
  readonly api: Api;
  readonly connection: Connection;
  readonly kind: Kind;
  readonly namespace: string;
  readonly distil: (raw: never) => T;
}

/** Between attempts while the API server is away, with jitter: back within 10 s of its return, and no storm. */
const BACKOFF_MS = { first: 250, most: 5000 };

export function createFeed<T>({ api, connection, kind, namespace, distil }: Source<T>): Feed<T> {
  const items = new Map<string, T>();
  const listeners = new Set<() => void>();
  const closing = new AbortController();
  const { signal } = closing;
  let blind: string | undefined = 'not listed yet';
  let toldSoon = false;

  function tellSoon(): void {
    if (toldSoon) return;
    toldSoon = true;
    setImmediate(() => {
      toldSoon = false;
      for (const listener of listeners) listener();
    });
  }

  function setBlind(why: string | undefined): void {
    if (blind === why) return;
    blind = why;
    tellSoon();
  }

  function keep(raw: unknown): void {
    items.set((raw as { metadata: RawMeta }).metadata.name, distil(raw as never));
  }

  /** Not from the cache of the API server: a watch that begins behind could show what is no more. */
  async function list(): Promise<string> {
    const { items: found, resourceVersion } = await api.list(kind, namespace);
    items.clear();
    for (const raw of found) keep(raw);
    return resourceVersion;
  }

  /** Answers how far it came; `undefined` when it must list anew. */
  async function watchFrom(version: string): Promise<string | undefined> {
    let seen = version;
    const { promise: ended, resolve: end } = Promise.withResolvers<WatchEnd>();
    const watching = await connection.watch(
      pathOf(kind, namespace),
      { resourceVersion: version, allowWatchBookmarks: 'true' },
      {
        event(type, raw) {
          if (type === 'ERROR') {
            const { code, message = '' } = raw as { code?: number; message?: string };
            end({ error: { message, ...(code === undefined ? {} : { status: code }) } });
            return;
          }
          const { metadata } = raw as { metadata: RawMeta };
          seen = metadata.resourceVersion;
          if (type === 'BOOKMARK') return;
          if (type === 'DELETED') items.delete(metadata.name);
          else keep(raw);
          tellSoon();
        },
        end,
      },
    );
    const giveUp = () => {
      end({ error: undefined });
    };
    signal.addEventListener('abort', giveUp, { once: true });
    if (signal.aborted) giveUp();
    if ((await Promise.race([ended, settled()])) === undefined) setBlind(undefined);
    const { error } = await ended;
    signal.removeEventListener('abort', giveUp);
    watching.close();
    setBlind('the watch is being made anew');
    if (error !== undefined) {
      if (error.status === 410) return undefined;
      if (error.status === 403) {
        throw toForbidden({ verb: 'watch', resource: kind.resource, namespace });
      }
      throw new AdapterError('cluster-unreachable', `watch ${kind.resource}: ${error.message}`);
    }
    return seen;
  }

  async function run(): Promise<void> {
    let version: string | undefined;
    let failures = 0;
    while (!signal.aborted) {
      try {
        version ??= await list();
        const begunAtMs = performance.now();
        version = await watchFrom(version);
        // Ended without a fault: made anew at once from where it was, unless that is all it ever does.
        failures = performance.now() - begunAtMs < SHORT_WATCH_MS ? failures + 1 : 0;
        if (failures > 0) await pause(backoff(failures), signal);
      } catch (error) {
        version = undefined;
        setBlind(error instanceof Error ? error.message : 'no answer');
        failures += 1;
        await pause(backoff(failures), signal);
      }
    }
  }

  void run();
  return {
    items,
    get blind() {
      return blind;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    close() {
      closing.abort();
    },
  };
}

function backoff(failures: number): number {
  const most = Math.min(BACKOFF_MS.most, BACKOFF_MS.first * 2 ** (failures - 1));
  return most / 2 + (Math.random() * most) / 2;
}

/** A watch that could not be made has told its end by now. */
async function settled(): Promise<undefined> {
  await new Promise(setImmediate);
  return undefined;
}

async function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, delayMs);
    timer.unref();
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
