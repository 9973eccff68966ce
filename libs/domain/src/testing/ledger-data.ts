import type { DeploymentInput, DeploymentResult, GoodComponent } from '@fairlead/contracts';
import type { Admitted, Place } from '../ledger.ts';

export const PLACE: Place = { namespace: 'shop', cluster: 'default', terminated: false };

export function inputOf(deploymentId: string): DeploymentInput {
  return {
    deploymentId,
    kind: 'deploy',
    plan: {
      environment: 'production',
      application: 'shop',
      cluster: 'default',
      namespace: 'shop',
      type: 'canary',
      components: [],
      canary: { traffic: { router: 'replicas' }, steps: [] },
      progressDeadlineMs: 600_000,
      bakeMs: 0,
      expectedDurationMs: 1_800_000,
      onBusy: 'refuse',
      allowManaged: false,
      severity: 'critical',
      features: { monitoring: true, notifications: true, remediation: true },
    },
    actor: `actor of ${deploymentId}`,
    requestedAt: '2026-01-01T00:00:00Z',
    leftovers: [],
  };
}

export function admittedOf(deploymentId: string, overHalt = false): Admitted {
  return { input: inputOf(deploymentId), overHalt };
}

/** `api:2` is the component `api` with that image. */
export function running(...images: readonly string[]): GoodComponent[] {
  return images.map((image) => {
    const name = image.split(':')[0] ?? image;
    return { name, workload: name, image, after: [] };
  });
}

export function resultOf(
  deploymentId: string,
  over: Partial<DeploymentResult> = {},
): DeploymentResult {
  return {
    deploymentId,
    kind: 'deploy',
    outcome: 'succeeded',
    type: 'canary',
    startedAt: '2026-01-01T00:00:00Z',
    finishedAt: '2026-01-01T00:01:00Z',
    durationSeconds: 60,
    left: [],
    ...over,
  };
}
