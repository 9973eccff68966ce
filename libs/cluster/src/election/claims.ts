import { AdapterError } from '@fairlead/contracts';
import type { Lease, LeaseClaim, Ref } from '../objects.ts';
import type { Cluster } from '../port.ts';
import type { ElectionClock } from './clock.ts';

/** Others wait so long since they saw a Lease change before they take it. */
const LEASE_SECONDS = 15;
/** A holder that could not renew it for so long holds it no more: well before another may take it. */
const RENEW_DEADLINE_MS = 10_000;

export type Leases = Pick<Cluster, 'lease' | 'createLease' | 'patchLease'>;

export interface ClaimOptions {
  readonly leases: Leases;
  readonly lease: Ref;
  /** Unlike that of any other process. */
  readonly holder: string;
  readonly clock: ElectionClock;
}

type Claimed =
  | { readonly untilMs: number }
  /** Absent: somebody was quicker. */
  | { readonly heldBy: string | undefined };

/** One candidate's dealings with the Lease. Throws what the cluster throws. */
export interface Claims {
  /** Takes the Lease, or renews it: held until `untilMs` of the own clock. */
  claim(): Promise<Claimed>;
  /** Gives back what it holds, so that the next need not wait. */
  release(): Promise<void>;
}

/** The rules of Kubernetes' own client (client-go, `leaderelection`). */
export function createClaims({ leases, lease: at, holder, clock }: ClaimOptions): Claims {
  /** The Lease as it was seen last, and when it was first seen to say so. */
  let seen: { readonly lease: Lease; readonly sinceMs: number } | undefined;
  /** What was seen last is our own write. */
  let isOurs = false;

  async function look(): Promise<Lease | undefined> {
    const lease = await leases.lease(at);
    if (lease === undefined) seen = undefined;
    else if (seen?.lease.resourceVersion !== lease.resourceVersion) {
      seen = { lease, sinceMs: clock.now() };
    }
    return lease;
  }

  function isFree({ holder: other, durationSeconds }: Lease): boolean {
    if (other === undefined || other === holder || seen === undefined) return true;
    return clock.now() >= seen.sinceMs + durationSeconds * 1000;
  }

  async function write(found: Lease | undefined, claim: LeaseClaim): Promise<boolean> {
    // Until it is answered nobody knows whose it is.
    isOurs = false;
    try {
      const lease =
        found === undefined
          ? await leases.createLease(at, claim)
          : await leases.patchLease(at.namespace, found, claim);
      seen = { lease, sinceMs: clock.now() };
      isOurs = true;
      return true;
    } catch (error) {
      if (isOvertaken(error, found)) return false;
      throw error;
    }
  }

  return {
    async claim() {
      // The Lease is written after this moment, so others count from a later one.
      const startedMs = clock.now();
      const found = isOurs ? seen?.lease : await look();
      if (found !== undefined && !isFree(found)) return { heldBy: found.holder };
      const won = await write(found, claimOn(found, holder));
      return won ? { untilMs: startedMs + RENEW_DEADLINE_MS } : { heldBy: undefined };
    },
    async release() {
      if (!isOurs || seen === undefined) return;
      const { lease } = seen;
      const now = new Date().toISOString();
      const times = { acquiredAt: now, renewedAt: now };
      await write(lease, { durationSeconds: 1, ...times, transitions: lease.transitions });
      isOurs = false;
    },
  };
}

function claimOn(found: Lease | undefined, holder: string): LeaseClaim {
  const renewedAt = new Date().toISOString();
  const renewed = { holder, durationSeconds: LEASE_SECONDS, renewedAt };
  if (found === undefined) return { ...renewed, acquiredAt: renewedAt, transitions: 0 };
  const { acquiredAt, transitions } = found;
  return found.holder === holder
    ? { ...renewed, acquiredAt, transitions }
    : { ...renewed, acquiredAt: renewedAt, transitions: transitions + 1 };
}

/** Somebody else wrote or removed it meanwhile. Where there was none, what is not found is the namespace. */
function isOvertaken(error: unknown, found: Lease | undefined): boolean {
  if (!(error instanceof AdapterError)) return false;
  if (error.type === 'cluster-conflict') return true;
  return error.type === 'cluster-not-found' && found !== undefined;
}
