import type { CountedOutcome, Delivery } from '@fairlead/contracts';

/** What the last event of a deployment says of it. */
export interface Ending {
  readonly outcome: CountedOutcome;
  /** Of the rollback that was made on the way or was what the run was for. */
  readonly rollback?: 'succeeded' | 'failed';
  /** Never below 0, although a clock may be set back. */
  readonly durationSeconds: number;
}

type Told = Pick<Delivery, 'event' | 'facts'>;

/** Undefined unless the deployment ended with this event. */
export function endingOf(told: Told): Ending | undefined {
  const outcome = outcomeOf(told);
  if (outcome === undefined) return undefined;
  const rollback = rollbackOf(told, outcome);
  const { event, facts } = told;
  return {
    outcome,
    ...(rollback === undefined ? {} : { rollback }),
    durationSeconds: Math.max(0, (Date.parse(event.at) - Date.parse(facts.startedAt)) / 1_000),
  };
}

function outcomeOf({ event, facts }: Told): CountedOutcome | undefined {
  if (event.mark === 'test') return undefined;
  switch (event.kind) {
    case 'deployment-completed':
      return 'succeeded';
    case 'rollback-completed':
      return facts.kind === 'rollback' ? 'succeeded' : 'rolled-back';
    case 'deployment-failed':
      // Without an outcome it is being rolled back, and ends with another event.
      return event.mark === 'rollback-failed' || facts.outcome === 'failed' ? 'failed' : undefined;
    default:
      return undefined;
  }
}

/** As the target's ledger counts it. */
function rollbackOf({ event, facts }: Told, outcome: CountedOutcome): Ending['rollback'] {
  if (facts.kind === 'rollback') return outcome === 'succeeded' ? 'succeeded' : 'failed';
  if (outcome === 'rolled-back') return 'succeeded';
  const isFailed = event.mark === 'rollback-failed' || facts.phase === 'rolling-back';
  return outcome === 'failed' && isFailed ? 'failed' : undefined;
}
