import type { LeaseClaim } from '../objects.ts';
import type { RawLease } from './raw.ts';

export function leaseObject(name: string, claim: LeaseClaim): unknown {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, labels: { 'app.kubernetes.io/name': 'fairlead' } },
    spec: leaseSpec(claim),
  };
}

export function leaseSpec(claim: LeaseClaim): NonNullable<RawLease['spec']> {
  return {
    ...(claim.holder === undefined ? {} : { holderIdentity: claim.holder }),
    leaseDurationSeconds: claim.durationSeconds,
    acquireTime: inMicroseconds(claim.acquiredAt),
    renewTime: inMicroseconds(claim.renewedAt),
    leaseTransitions: claim.transitions,
  };
}

/** A MicroTime has six digits exactly. */
function inMicroseconds(time: string): string {
  return time.replace(/(\.\d{3})Z$/, '$1000Z');
}
