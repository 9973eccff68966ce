import type { Delivery } from '@fairlead/contracts';
import type { TargetState } from '@fairlead/contracts';

/** One thing that is told; `key` is the same for a repeat, so that the other side drops it. */
export interface Line {
  readonly key: string;
  readonly what: 'event' | 'state' | 'gone';
  readonly environment: string;
  readonly application: string;
  readonly [field: string]: unknown;
}

/** Pure: a repeat has the same line. */
export function eventLine({ key, event, facts }: Delivery): Line {
  const { environment, application, deploymentId, type, outcome } = facts;
  return {
    key,
    what: 'event',
    environment,
    application,
    deployment: deploymentId,
    kind: event.kind,
    at: event.at,
    message: event.message,
    type,
    ...(outcome === undefined ? {} : { outcome }),
    // A test is told, and is no deployment.
    ...(event.mark === undefined ? {} : { mark: event.mark }),
  };
}

/** The whole state: it takes the place of the one before, so no line adds to another. */
export function stateLine({ environment, application, totals, running }: TargetState): Line {
  return {
    key: targetKey(environment, application),
    what: 'state',
    environment,
    application,
    totals,
    ...(running === undefined ? {} : { running }),
  };
}

/** The target was forgotten: what was kept under its key goes. */
export function goneLine({
  environment,
  application,
}: Pick<TargetState, 'environment' | 'application'>): Line {
  return { key: targetKey(environment, application), what: 'gone', environment, application };
}

function targetKey(environment: string, application: string): string {
  return JSON.stringify([environment, application]);
}
