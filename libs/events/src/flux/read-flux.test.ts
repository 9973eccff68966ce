import { describe, expect, it } from '@jest/globals';
import { readFlux } from './read-flux.ts';

function flux(over: Readonly<Record<string, unknown>> = {}, kind = 'HelmRelease') {
  return {
    involvedObject: { kind, namespace: 'staging', name: 'shop', uid: 'u-1' },
    ...{ reason: 'UpgradeSucceeded', timestamp: '2026-02-01T10:00:00Z', message: 'upgraded' },
    metadata: { revision: '6.5.4' },
    ...over,
  };
}

function idOf(body: unknown): string {
  const reading = readFlux(body);
  if (!('event' in reading)) throw new Error(JSON.stringify(reading));
  return reading.event.deployment;
}

describe('an event of Flux', () => {
  it('is of one deployment when it is repeated', () => {
    expect(idOf(flux())).toBe(idOf(flux()));
  });

  it.each([
    ['by other values alone', { timestamp: '2026-02-01T11:00:00Z' }],
    ['that failed before', { reason: 'UpgradeFailed' }],
    ['of another chart', { metadata: { revision: '6.5.5' } }],
  ])('of a release is of its own deployment for an upgrade %s', (_what, over) => {
    expect(idOf(flux(over))).not.toBe(idOf(flux()));
  });

  it('of a kustomization is of one deployment from its begin to its end, however often that is told', () => {
    const begun = flux({ reason: 'Progressing' }, 'Kustomization');
    const failed = { reason: 'HealthCheckFailed', timestamp: '2026-02-01T10:05:00Z' };
    const again = { ...failed, timestamp: '2026-02-01T10:15:00Z' };

    expect(idOf(flux(failed, 'Kustomization'))).toBe(idOf(begun));
    expect(idOf(flux(again, 'Kustomization'))).toBe(idOf(begun));
  });

  it('of a release that goes on begins nothing, as nobody would end it', () => {
    expect(readFlux(flux({ reason: 'Progressing' }))).toEqual({
      passed: 'Progressing of a HelmRelease is no step of a deployment',
    });
  });
});
