import { AdapterError } from '@fairlead/contracts';
import type { Ref } from '../objects.ts';
import { createClaims } from './claims.ts';
import type { Leases } from './claims.ts';
import { MACHINE_CLOCK } from './clock.ts';
import type { ElectionClock } from './clock.ts';

export interface ElectionOptions {
  readonly leases: Leases;
  readonly lease: Ref;
  /** Unlike that of any other process. */
  readonly holder: string;
  /** Begins what only the leader does; it is closed when another may lead. */
  readonly lead: () => { close(): void };
  /** Told of each change. */
  readonly told: (news: ElectionNews) => void;
  /** Default: the machine's. */
  readonly clock?: ElectionClock;
  /** From 0 to 1. */
  readonly random?: () => number;
}

export type ElectionNews =
  | { readonly state: 'leads' }
  | { readonly state: 'follows'; readonly holder: string }
  /** It led, and could not renew the Lease in time. */
  | { readonly state: 'lost' }
  /** The Lease may not be used, so it leads without. */
  | { readonly state: 'alone'; readonly why: string };

export interface Election {
  /** Ends leading at once, then gives the Lease back. */
  close(): Promise<void>;
}

const RETRY_MS = 2_000;
/** Candidates that were started together do not go on asking together. */
const JITTER = 1.2;
/** A Role may be granted later. */
const ALONE_RETRY_MS = 60_000;
/** No later try of the same kind can do better, until a person did something. */
const HOPELESS: readonly string[] = ['cluster-forbidden', 'cluster-not-found', 'cluster-rejected'];

/** Leads while it holds the Lease, and where the Lease cannot be used at all. Waits for it for ever. */
export function standForElection(options: ElectionOptions): Election {
  const { lead, told, clock = MACHINE_CLOCK, random = Math.random } = options;
  const claims = createClaims({ ...options, clock });
  let leading: { close(): void } | undefined;
  let callOffExpiry: (() => void) | undefined;
  let isEnding = false;
  let wake: () => void = () => undefined;
  let last: string | undefined;

  function tell(news: ElectionNews): void {
    const text = JSON.stringify(news);
    if (text === last) return;
    last = text;
    told(news);
  }

  function stop(): void {
    callOffExpiry?.();
    callOffExpiry = undefined;
    leading?.close();
    leading = undefined;
  }

  function holdUntil(untilMs: number): void {
    const leftMs = untilMs - clock.now();
    // Answered too late to count: another may have it by now.
    if (leftMs <= 0) return;
    callOffExpiry?.();
    callOffExpiry = clock.after(leftMs, () => {
      stop();
      tell({ state: 'lost' });
    });
    leading ??= lead();
    tell({ state: 'leads' });
  }

  function leadAlone(why: string): void {
    callOffExpiry?.();
    callOffExpiry = undefined;
    leading ??= lead();
    tell({ state: 'alone', why });
  }

  /** Answers after how long to try again. */
  async function attempt(): Promise<number> {
    try {
      const claimed = await claims.claim();
      if (isEnding) return 0;
      if ('untilMs' in claimed) {
        holdUntil(claimed.untilMs);
        return RETRY_MS;
      }
      if (claimed.heldBy === undefined) return RETRY_MS;
      stop();
      tell({ state: 'follows', holder: claimed.heldBy });
    } catch (error) {
      if (isEnding) return 0;
      if (isHopeless(error)) {
        leadAlone(error instanceof Error ? error.message : String(error));
        return ALONE_RETRY_MS;
      }
      // Away for a moment, perhaps: what it leads ends by itself when that goes on.
      if (leading !== undefined) return RETRY_MS;
    }
    return RETRY_MS * (1 + JITTER * random());
  }

  async function stand(): Promise<void> {
    while (!isEnding) await pause(await attempt());
    // Who is waited for no more need not be told; the Lease runs out.
    await claims.release().catch(() => undefined);
  }

  function pause(ms: number): Promise<void> {
    if (isEnding) return Promise.resolve();
    return new Promise((resolve) => {
      const callOff = clock.after(ms, resolve);
      wake = () => {
        callOff();
        resolve();
      };
    });
  }

  const standing = stand();
  return {
    close() {
      isEnding = true;
      stop();
      wake();
      return standing;
    },
  };
}

function isHopeless(error: unknown): boolean {
  return !(error instanceof AdapterError) || HOPELESS.includes(error.type);
}
