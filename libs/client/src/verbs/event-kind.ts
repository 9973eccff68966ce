import type { DeploymentRecord, EventType, NotifiedKind } from '@fairlead/contracts';

type Told = Pick<DeploymentRecord, 'outcome' | 'phase'>;

/** The kind that says what an event type means of a deployment in this state. */
export function kindOf(type: EventType, { outcome, phase }: Told): NotifiedKind {
  switch (type) {
    case 'status':
      return outcome === undefined ? 'deployment-started' : 'deployment-completed';
    case 'failure':
      return 'deployment-failed';
    case 'rollback':
      return outcome === 'rolled-back' ? 'rollback-completed' : 'rollback-initiated';
    case 'canary':
      return outcome === undefined && !PAST_CANARY.includes(phase)
        ? 'canary-started'
        : 'canary-completed';
    case 'promotion':
      return 'canary-promoted';
  }
}

const PAST_CANARY: readonly Told['phase'][] = ['promoting', 'baking', 'rolling-back'];
