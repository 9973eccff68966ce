import type { OutcomeTotal, RollbackTotal, TimingTotals } from '@fairlead/contracts';
import type { RunningState, TargetState } from '@fairlead/contracts';

/** A total for tests; say only what the test is about. */
export function aTotal(over: Partial<OutcomeTotal> = {}): OutcomeTotal {
  return {
    count: 1,
    durationSecondsSum: 45,
    buckets: [0, 0, 1, 1, 1, 1, 1, 1, 1, 1],
    lastFinishedAt: '2026-01-02T03:04:05.000Z',
    ...over,
  };
}

interface Parts extends Partial<Pick<TargetState, 'environment' | 'application'>> {
  readonly deployments?: TargetState['totals']['deployments'];
  readonly rollbacks?: { readonly succeeded?: RollbackTotal; readonly failed?: RollbackTotal };
  readonly timings?: TimingTotals;
  readonly running?: RunningState;
}

/** A target of which nothing has ended and nothing runs, but for what the test says. */
export function aTarget({
  environment = 'staging',
  application = 'shop',
  deployments = {},
  rollbacks = {},
  timings,
  running,
}: Parts = {}): TargetState {
  const none = { count: 0 };
  return {
    environment,
    application,
    totals: {
      deployments,
      rollbacks: { succeeded: none, failed: none, ...rollbacks },
      ...(timings === undefined ? {} : { timings }),
    },
    ...(running === undefined ? {} : { running }),
  };
}

/** A canary that is on, half-way. */
export const A_CANARY_RUN: RunningState = {
  type: 'canary',
  startedAt: '2026-01-02T03:10:00.500Z',
  expectedSeconds: 600,
  canary: { healthy: true, weight: 0.5 },
};
