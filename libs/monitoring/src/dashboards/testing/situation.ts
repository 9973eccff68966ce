import type { CountedOutcome, DeploymentType, Timings } from '@fairlead/contracts';
import { countDeployment, NO_TOTALS } from '@fairlead/domain';
import type { RunningState, TargetState } from '@fairlead/contracts';

/** A deployment that ended, so many minutes before or after the moment that tests look from. */
interface Ending {
  readonly target: Target;
  readonly minute: number;
  readonly type: DeploymentType;
  readonly outcome: CountedOutcome;
  readonly seconds: number;
  readonly rollback?: 'succeeded' | 'failed';
}

type Target = `${'staging' | 'prod'}/${string}`;

const ENDINGS: readonly Ending[] = [
  ...[-170, -165, -160].map((minute): Ending => ({ ...ended('staging/gone', minute, 45) })),
  ended('staging/shop', -170, 45),
  ended('prod/shop', -150, 1_000, { type: 'blue-green' }),
  ended('staging/shop', -100, 400, { outcome: 'failed' }),
  ended('staging/shop', -80, 45),
  ended('staging/shop', -50, 100, {
    ...{ type: 'canary', outcome: 'rolled-back', rollback: 'succeeded' },
  }),
  ended('prod/shop', -30, 1_000, { type: 'blue-green' }),
  // From here on within the last ten minutes.
  ended('staging/shop', -5, 45),
  ended('staging/shop', -4, 50),
  ended('staging/shop', -3, 700, { outcome: 'failed', rollback: 'failed' }),
  ended('prod/shop', -2, 1_100, { type: 'blue-green' }),
  // The first that it ever had.
  ended('prod/cart', -1, 20, { outcome: 'failed' }),
];

function ended(
  target: Target,
  minute: number,
  seconds: number,
  over: Partial<Ending> = {},
): Ending {
  return { target, minute, type: 'rolling', outcome: 'succeeded', seconds, ...over };
}

/** Since when a deployment runs, in seconds before the moment that tests look from. */
export const RUNNING_SECONDS = { shop: 400, pay: 900 };

/** What every target would tell, so many minutes after that moment; a running one is told of in the last ten only. */
export function statesAt(minute: number, zeroMs: number): readonly TargetState[] {
  const targets: readonly Target[] = ['staging/shop', 'prod/shop', 'prod/cart', 'prod/pay'];
  const told: readonly Target[] = minute < -60 ? [...targets, 'staging/gone'] : targets;
  return told.map((target) => {
    const [environment = '', application = ''] = target.split('/');
    const running = minute > -10 ? runningOf(target, minute, zeroMs) : undefined;
    return {
      environment,
      application,
      totals: totalsOf(target, minute, zeroMs),
      ...(running === undefined ? {} : { running }),
    };
  });
}

function totalsOf(target: Target, minute: number, zeroMs: number) {
  return ENDINGS.filter((ending) => ending.target === target && ending.minute <= minute).reduce(
    (totals, { type, outcome, seconds, rollback, minute: endMinute }) =>
      countDeployment(totals, {
        deploymentId: 'any',
        kind: 'deploy',
        startedAt: '',
        finishedAt: new Date(zeroMs + endMinute * 60_000).toISOString(),
        ...{
          type,
          outcome,
          durationSeconds: seconds,
          left: [],
          timings: timingsOf(outcome, seconds),
        },
        ...(rollback === undefined ? {} : { rollback }),
      }),
    NO_TOTALS,
  );
}

/** Planned for 5 s, then the one component is changed; its trouble is seen by the first tenth, and mended by half. */
function timingsOf(outcome: CountedOutcome, seconds: number): Timings {
  return {
    phases: { planned: 5, deploying: seconds - 5 },
    components: [{ name: 'api', seconds: seconds - 5, readySeconds: 10 }],
    ...(outcome === 'succeeded' ? {} : { detectSeconds: seconds / 10 }),
    ...(outcome === 'rolled-back' ? { safeSeconds: seconds / 2 } : {}),
  };
}

function runningOf(target: Target, minute: number, zeroMs: number): RunningState | undefined {
  const started = (seconds: number) => new Date(zeroMs - seconds * 1_000).toISOString();
  const canary = { type: 'canary', expectedSeconds: 600 } as const;
  if (target === 'prod/shop') {
    const startedAt = started(RUNNING_SECONDS.shop);
    return { ...canary, startedAt, canary: { healthy: true, weight: 0.25 } };
  }
  if (target !== 'prod/pay') return undefined;
  const startedAt = started(RUNNING_SECONDS.pay);
  // It was well until just now.
  const state = minute < 0 ? { healthy: true, weight: 0.1 } : { healthy: false, weight: 0.5 };
  return { ...canary, startedAt, canary: state };
}
