import { AdapterError } from '@fairlead/contracts';
import { conflict, notFound } from '../failures.ts';
import type { Lease, LeaseClaim } from '../objects.ts';
import type { Leases } from './claims.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What befalls one call: how long it takes there and back, and whether it or its answer is lost. */
export interface Trip {
  readonly thereMs: number;
  readonly backMs: number;
  readonly lost: 'call' | 'answer' | 'nothing';
}

/** As every call of the cluster has. */
const CALL_TIMEOUT_MS = 10_000;
export const QUICK: Trip = { thereMs: 5, backMs: 5, lost: 'nothing' };

/** One Lease behind a network in virtual time. */
export function createLeaseStore(time: VirtualTime) {
  let lease: Lease | undefined;
  let version = 0;

  function write(claim: LeaseClaim): Lease {
    version += 1;
    lease = { ...claim, name: 'watch', resourceVersion: String(version) };
    return lease;
  }

  /** As one candidate reaches it. */
  function reach(trip: () => Trip): Leases {
    function call<T>(answer: () => T): Promise<T> {
      const { thereMs, backMs, lost } = trip();
      return new Promise((resolve, reject) => {
        time.at(time.now() + CALL_TIMEOUT_MS, () => {
          reject(new AdapterError('cluster-unreachable', 'no answer in time'));
        });
        if (lost === 'call') return;
        time.at(time.now() + thereMs, () => {
          const settle = attempt(answer);
          if (lost === 'answer') return;
          time.at(time.now() + backMs, () => {
            settle(resolve, reject);
          });
        });
      });
    }
    return {
      lease: () => call(() => lease),
      createLease: (_ref, claim) =>
        call(() => {
          if (lease !== undefined) throw conflict('it is there');
          return write(claim);
        }),
      patchLease: (_namespace, { resourceVersion }, claim) =>
        call(() => {
          if (lease === undefined) throw notFound('it is not there');
          if (lease.resourceVersion !== resourceVersion) throw conflict('it has changed');
          return write(claim);
        }),
    };
  }

  return {
    reach,
    lease: () => lease,
    remove() {
      lease = undefined;
    },
  };
}

/** Done now, told later. */
function attempt<T>(answer: () => T) {
  try {
    const value = answer();
    return (resolve: (value: T) => void): void => {
      resolve(value);
    };
  } catch (error) {
    return (_resolve: unknown, reject: (error: unknown) => void): void => {
      reject(error);
    };
  }
}
