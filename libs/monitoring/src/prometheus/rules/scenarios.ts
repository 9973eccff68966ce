/** What Prometheus scrapes, and which alerts then stand, for tests of the rules. */
export interface Scenario {
  readonly when: string;
  readonly alert: string;
  /** Values by series, a scrape each 15 s from time 0 on, in promtool's notation: `_` is a scrape that gave nothing. */
  readonly series: Readonly<Record<string, string>>;
  /** By time: the labels of each alert that stands. Time 0 is the beginning of Prometheus' own time, 1970. */
  readonly alerts: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;
}

const TARGET = { environment: 'prod', application: 'shop' };
const CANARY = { ...TARGET, type: 'canary' };

/** Of one metric, as one source tells it. */
function series(metric: string, labels: Readonly<Record<string, string>>): string {
  const text = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return `fairlead_${metric}{${text.join(', ')}}`;
}

/** Scrapes in a time: four a minute. */
function scrapes(minutes: number): number {
  return minutes * 4;
}

/** Nothing, and then a value that stays. */
function from(minutes: number, value: number): string {
  return `_x${scrapes(minutes)} ${value}x${scrapes(90)}`;
}

/** What stands after an end, and for how long. */
interface Ending {
  readonly alert: string;
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly standsMinutes: number;
}

const ENDINGS: readonly Ending[] = [
  {
    alert: 'deployment-failure',
    metric: 'deployment_finished_timestamp_seconds',
    labels: { ...CANARY, outcome: 'failed' },
    standsMinutes: 5,
  },
  {
    alert: 'failed-rollback',
    metric: 'rollback_finished_timestamp_seconds',
    labels: { ...TARGET, result: 'failed' },
    standsMinutes: 15,
  },
];

/** Labels by which the alert of an ending tells targets apart. */
function told({ outcome: _, result: __, ...labels }: Readonly<Record<string, string>>) {
  return labels;
}

function endings({ alert, metric, labels, standsMinutes }: Ending): readonly Scenario[] {
  const one = [told(labels)];
  const by = (source: string) => series(metric, { ...labels, instance: source });
  const other =
    labels['outcome'] === undefined ? { result: 'succeeded' } : { outcome: 'rolled-back' };
  const endOf = (minutes: number) => `${minutes + standsMinutes}m`;
  const justBefore = (minutes: number) => `${minutes + standsMinutes - 1}m45s`;
  return [
    {
      when: 'the first one ever stands at once, and for its time',
      alert,
      series: { [by('a')]: from(10, 600) },
      alerts: { '9m45s': [], '10m': one, [justBefore(10)]: one, [endOf(10)]: [] },
    },
    {
      when: 'three sources of one truth make one alert, one of them late',
      alert,
      series: {
        [by('a')]: from(10, 600),
        [by('b')]: from(10, 600),
        [by('c')]: from(12, 600),
      },
      alerts: { '10m': one, '13m': one, [justBefore(10)]: one, [endOf(10)]: [] },
    },
    {
      when: 'a source that still tells of an older one hides none',
      alert,
      series: { [by('a')]: '60x200', [by('b')]: `60x${scrapes(30)} 1800x200` },
      alerts: { '29m45s': [], '30m15s': one, [endOf(30)]: [] },
    },
    {
      when: 'a source that is started again tells nothing new',
      alert,
      series: {
        [by('a')]: `600x${scrapes(40)} stale _x${scrapes(2)}`,
        [by('a, started again')]: from(42, 600),
      },
      alerts: { '39m': [], '41m': [], '42m': [], '45m': [] },
    },
    {
      when: 'a gap of 20 minutes after an old one makes nothing new of it',
      alert,
      series: { [by('a')]: `60x${scrapes(20)} _x${scrapes(20)} 60x${scrapes(30)}` },
      alerts: { '2m': one, '30m': [], '40m15s': [], '41m': [], '60m': [] },
    },
    {
      when: 'a second one after the first stands anew',
      alert,
      series: { [by('a')]: `60x${scrapes(30)} 1800x${scrapes(30)}` },
      alerts: { '29m': [], '31m': one, [endOf(30)]: [] },
    },
    {
      when: 'an end of another kind is none',
      alert,
      series: { [series(metric, { ...labels, ...other })]: from(10, 600) },
      alerts: { '11m': [] },
    },
  ];
}

function started(source: string): string {
  return series('deployment_started_timestamp_seconds', { ...CANARY, instance: source });
}

function expected(source: string): string {
  return series('deployment_expected_seconds', { ...CANARY, instance: source });
}

const LONG_RUNNING: readonly Scenario[] = [
  {
    when: 'the first one ever stands from when it is overdue until it ends',
    series: {
      [started('a')]: `_x${scrapes(10)} 600x${scrapes(20)} stale`,
      [expected('a')]: `_x${scrapes(10)} 600x${scrapes(20)} stale`,
    },
    alerts: { '15m': [], '20m': [], '20m15s': [CANARY], '30m': [CANARY], '30m45s': [] },
  },
  {
    when: 'three sources make one alert, the later start counts',
    series: {
      [started('a')]: from(10, 600),
      [expected('a')]: from(10, 600),
      [started('b')]: from(10, 600),
      [expected('b')]: from(10, 600),
      // The run before, by a source that lags.
      [started('c')]: `60x${scrapes(12)} stale`,
      [expected('c')]: `600x${scrapes(12)} stale`,
    },
    alerts: { '11m30s': [], '20m': [], '21m': [CANARY] },
  },
  {
    when: 'a source that is started again neither ends nor begins it',
    series: {
      [started('a')]: `600x${scrapes(30)} stale`,
      [expected('a')]: `600x${scrapes(30)} stale`,
      [started('b')]: from(0, 600),
      [expected('b')]: from(0, 600),
      [started('a, started again')]: from(32, 600),
      [expected('a, started again')]: from(32, 600),
    },
    alerts: { '29m': [CANARY], '31m': [CANARY], '33m': [CANARY] },
  },
  {
    when: 'after a gap of 20 minutes one that has ended is not told of',
    series: {
      [started('a')]: `60x${scrapes(20)} _x${scrapes(40)}`,
      [expected('a')]: `600x${scrapes(20)} _x${scrapes(40)}`,
    },
    alerts: { '19m': [CANARY], '30m': [], '41m': [] },
  },
  {
    when: 'after a gap of 20 minutes one that still runs is told of',
    series: {
      [started('a')]: `60x${scrapes(20)} _x${scrapes(20)} 60x${scrapes(20)}`,
      [expected('a')]: `600x${scrapes(20)} _x${scrapes(20)} 600x${scrapes(20)}`,
    },
    alerts: { '19m': [CANARY], '30m': [], '41m': [CANARY] },
  },
].map((scenario) => ({ alert: 'long-running-deployment', ...scenario }));

function healthy(source: string): string {
  return series('canary_healthy', { ...TARGET, instance: source });
}

const CANARY_ISSUE: readonly Scenario[] = [
  {
    when: 'the first one ever stands at once, and 5 minutes longer than its cause',
    series: { [healthy('a')]: `_x${scrapes(10)} 1x${scrapes(5)} 0x${scrapes(3)} stale` },
    alerts: { '14m': [], '15m30s': [TARGET], '18m': [TARGET], '23m': [TARGET], '24m': [] },
  },
  {
    when: 'of three sources the one that sees it unwell is believed, once',
    series: {
      [healthy('a')]: `1x${scrapes(40)}`,
      [healthy('b')]: from(10, 0),
      [healthy('c')]: from(10, 0),
    },
    alerts: { '9m': [], '11m': [TARGET] },
  },
  {
    when: 'a source that is started again does not end it',
    series: {
      [healthy('a')]: `0x${scrapes(10)} stale`,
      [healthy('a, started again')]: from(12, 0),
    },
    alerts: { '9m': [TARGET], '11m': [TARGET], '13m': [TARGET] },
  },
  {
    when: 'after a gap of 20 minutes one that went well is not told of',
    series: { [healthy('a')]: `0x${scrapes(10)} _x${scrapes(20)} 1x${scrapes(20)}` },
    alerts: { '9m': [TARGET], '21m': [], '31m': [], '40m': [] },
  },
].map((scenario) => ({ alert: 'canary-deployment-issue', ...scenario }));

export const SCENARIOS: readonly Scenario[] = [
  ...ENDINGS.flatMap(endings),
  ...LONG_RUNNING,
  ...CANARY_ISSUE,
];
