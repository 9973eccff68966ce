import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DASHBOARDS } from './all.ts';
import { FIRST_MINUTE, startSituatedPrometheus } from './testing/situated-prometheus.ts';
import type { SituatedPrometheus } from './testing/situated-prometheus.ts';
import { RUNNING_SECONDS } from './testing/situation.ts';

/** The moment from which the situation is told. */
const ZERO_MS = Math.floor(Date.now() / 1_000) * 1_000;
const MINUTE_MS = 60_000;
/** So that no scrape of then is in the last ten minutes. */
const LAST_MINUTE = -12;
const HISTORY_END = minute(LAST_MINUTE);

let prometheus: SituatedPrometheus;
let now: Date;

beforeAll(async () => {
  prometheus = await startSituatedPrometheus({ zeroMs: ZERO_MS, lastMinute: LAST_MINUTE });
  ({ now } = prometheus);
});

afterAll(() => prometheus.stop());

function minute(minutes: number): Date {
  return new Date(ZERO_MS + minutes * MINUTE_MS);
}

interface Question {
  readonly at?: Date;
  readonly environment?: string;
  /** In place of Grafana's `$__range` and `$__interval`. Default: 10. */
  readonly minutes?: number;
}

/** Of each query of a panel: value by what its labels say, in the order of their names. */
async function shown(
  panel: string,
  { at = now, environment = '.*', minutes = 10 }: Question = {},
): Promise<readonly Record<string, number>[]> {
  const [uid, id] = panel.split('/');
  const found = DASHBOARDS.find((each) => each.uid === uid)?.panels.find((each) => each.id === id);
  const expressions = found?.prometheus.map(({ expression }) =>
    expression
      .replaceAll('$environment', environment)
      .replaceAll('$application', '.*')
      .replaceAll(/\$__(range|interval)\b/g, `${minutes}m`),
  );
  return Promise.all(
    (expressions ?? []).map(async (expression) => {
      const samples = await prometheus.query(expression, at);
      return Object.fromEntries(
        samples.map(({ labels, value }) => {
          const names = Object.keys(labels).sort();
          return [names.map((name) => labels[name]).join(' '), Number(value.toFixed(6))];
        }),
      );
    }),
  );
}

/** Seconds until now since a deployment began. */
function runningFor(application: keyof typeof RUNNING_SECONDS): number {
  return Number(((now.getTime() - ZERO_MS) / 1_000 + RUNNING_SECONDS[application]).toFixed(6));
}

const OUTCOMES = { succeeded: 3, failed: 2, 'rolled-back': 0 };
const CANARIES = { 'pay prod': 0, 'shop prod': 1 };
const WEIGHTS = { 'pay prod': 0.5, 'shop prod': 0.25 };
const RECENT_FAILURES = { 'shop staging': 1, 'cart prod': 1 };
const longRunning = () => ({ 'pay prod canary': runningFor('pay') });
const runningNow = () => ({
  'pay prod canary': runningFor('pay'),
  'shop prod canary': runningFor('shop'),
});

/** Worked out by hand from the situation: a function where it depends on now. */
const EXPECTED: Readonly<
  Record<string, readonly (Record<string, number> | (() => Record<string, number>))[]>
> = {
  'deployment-metrics/success-rate': [{ '': 3 / 5 }],
  'deployment-metrics/running-now': [{ '': 2 }],
  // Within an hour: staging 45, 50, 100 and 700 s; prod 20, 1,000 and 1,100 s.
  'deployment-metrics/duration': [
    { staging: 60, prod: 750 },
    { staging: 1_080, prod: 1_155 },
  ],
  'deployment-metrics/by-status': [OUTCOMES],
  'deployment-metrics/by-environment': [{ staging: 3, prod: 2 }],
  'deployment-metrics/by-type': [{ rolling: 4, 'blue-green': 1, canary: 0 }],
  'deployment-alerts/recent-failures': [RECENT_FAILURES],
  'deployment-alerts/long-running': [longRunning],
  'deployment-alerts/failed-rollbacks': [{ '': 1 }],
  'deployment-alerts/failed-rollbacks-over-time': [
    {
      'shop staging': 1,
      'gone staging': 0,
      'shop prod': 0,
      'cart prod': 0,
      'pay prod': 0,
    },
  ],
  'deployment-alerts/canary-issues': [CANARIES],
  'deployment-alerts/canary-weight': [WEIGHTS],
  'fairlead-ops/failed-rollbacks': [{ '': 1 }],
  'fairlead-ops/recent-failures': [RECENT_FAILURES],
  'fairlead-ops/long-running': [longRunning],
  'fairlead-ops/canary-issues': [CANARIES],
  'fairlead-ops/running-for': [runningNow],
  'fairlead-dev/outcomes': [OUTCOMES],
  'fairlead-dev/by-application': [
    {
      'shop staging succeeded': 2,
      'shop staging failed': 1,
      'shop prod succeeded': 1,
      'cart prod failed': 1,
    },
  ],
  'fairlead-dev/running-for': [runningNow],
  'fairlead-dev/duration': [{ shop: 1_125, cart: 29.25, gone: 58.5 }],
  'fairlead-dev/canary-weight': [WEIGHTS],
  'fairlead-dev/canary-issues': [CANARIES],
  'fairlead-dev/component-duration': [
    { 'shop api': (45 + 50 + 700 + 1_100) / 4 - 5, 'cart api': 15 },
  ],
  'fairlead-dev/component-ready': [{ 'shop api': 10, 'cart api': 10 }],
  'fairlead-lead/time-in-phase': [{ planned: 5, deploying: 1_915 / 5 - 5 }],
  'fairlead-lead/time-to-detect': [{ '': (70 + 2) / 2 }],
  // The one that was rolled back was so an hour ago.
  'fairlead-lead/time-to-safe': [{}],
  'fairlead-lead/frequency': [{ staging: 7, prod: 3 }],
  // 45, 50, 700, 1,100 and 20 s.
  'fairlead-lead/lead-time': [{ '': 1_915 / 5 }],
  'fairlead-lead/change-failure-rate': [{ '': 2 / 5 }],
  'fairlead-lead/rollbacks': [{ succeeded: 0, failed: 1 }],
};
/** Of the past: what it shows of now depends on where the clock's five minutes are. */
const OF_THE_PAST = 'fairlead-lead/time-to-restore';

it('knows what each panel is to show', () => {
  const queried = DASHBOARDS.flatMap(({ uid, panels }) =>
    panels.filter(({ prometheus: queries }) => queries.length > 0).map(({ id }) => `${uid}/${id}`),
  );

  expect([...Object.keys(EXPECTED), OF_THE_PAST].sort()).toEqual(queried.sort());
});

describe('from two sources of which one lags, and after workers that are gone', () => {
  it.each(Object.entries(EXPECTED))('%s shows what was so', async (panel, expected) => {
    const values = expected.map((each) => (typeof each === 'function' ? each() : each));

    expect(await shown(panel)).toEqual(values);
  });

  it(`${OF_THE_PAST} shows how long a target stood failed`, async () => {
    expect(await shown(OF_THE_PAST, { at: minute(-15), minutes: 120 })).toEqual([{ '': 20 * 60 }]);
  });

  it('shows what takes longest first', async () => {
    // By then the other is overdue as well; what was scraped now still counts.
    const soon = new Date(now.getTime() + 4 * MINUTE_MS);

    const [values = {}] = await shown('deployment-alerts/long-running', { at: soon });

    expect(Object.keys(values)).toEqual(['pay prod canary', 'shop prod canary']);
  });
});

describe('where nothing is', () => {
  const panels = [...Object.keys(EXPECTED), OF_THE_PAST];

  it.each(panels)('%s shows nothing in an environment without deployments', async (panel) => {
    const answers = await shown(panel, { environment: 'elsewhere' });

    expect(answers.map((answer) => Object.keys(answer))).toEqual(answers.map(() => []));
  });

  it.each([
    'deployment-metrics/success-rate',
    'fairlead-lead/change-failure-rate',
    'fairlead-lead/lead-time',
    OF_THE_PAST,
  ])('%s shows nothing, not zero, of a time in which nothing ended', async (panel) => {
    expect(await shown(panel, { at: minute(-15) })).toEqual([{}]);
  });
});

describe('where one environment was chosen', () => {
  it.each([
    ['deployment-metrics/success-rate', { '': 1 / 2 }],
    ['deployment-metrics/by-environment', { prod: 2 }],
    ['fairlead-dev/by-application', { 'shop prod succeeded': 1, 'cart prod failed': 1 }],
  ])('%s shows that one', async (panel, expected) => {
    expect(await shown(panel, { environment: 'prod' })).toEqual([expected]);
  });
});

it('shows how long it took until what was doomed was put back', async () => {
  expect(await shown('fairlead-lead/time-to-safe', { minutes: 60 })).toEqual([{ '': 50 }]);
});

describe('over time', () => {
  const ofHistory = { at: HISTORY_END, minutes: LAST_MINUTE - FIRST_MINUTE };

  it('counts a first one as one, whatever its source', async () => {
    expect(await shown('deployment-metrics/by-status', ofHistory)).toEqual([
      { succeeded: 7, failed: 1, 'rolled-back': 1 },
    ]);
  });

  it.each([4, 8, 24])('has bars of %i minutes that add up to what ended', async (minutes) => {
    const bars = ofHistory.minutes / minutes;
    const sums: Record<string, number> = {};
    for (let bar = 0; bar < bars; bar += 1) {
      const at = new Date(HISTORY_END.getTime() - bar * minutes * MINUTE_MS);
      const [values = {}] = await shown('deployment-metrics/by-status', { at, minutes });
      for (const [outcome, count] of Object.entries(values)) {
        sums[outcome] = (sums[outcome] ?? 0) + count;
      }
    }

    expect(sums).toEqual({ succeeded: 7, failed: 1, 'rolled-back': 1 });
  });
});
