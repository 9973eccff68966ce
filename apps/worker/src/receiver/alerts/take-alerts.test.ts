import { describe, expect, it } from '@jest/globals';
import type { IssueAnswer, IssueReport, IssueView } from '@fairlead/contracts';
import type { AlertSettings } from '@fairlead/settings';
import { createLog } from '@fairlead/temporal/logging';
import type { Reported } from '@fairlead/temporal/targets';
import { takeAlerts } from './take-alerts.ts';

const LABELS = {
  workloadLabels: ['deployment'],
  ...{ podLabel: 'pod', namespaceLabel: 'namespace' },
  ...{ environmentLabel: 'environment', applicationLabel: 'application' },
};
const SETTINGS: AlertSettings = {
  ...{ host: '127.0.0.1', port: 0, token: 'x', application: 'shop' },
  rules: [
    { match: { alertname: 'Crash' }, issue: 'pod_crash', ...LABELS },
    { match: { alertname: 'Stuck' }, issue: 'deployment_stuck', ...LABELS },
  ],
  places: [
    { environment: 'staging', cluster: 'default', namespace: 'staging', workloads: ['api'] },
    { environment: 'production', cluster: 'eu', namespace: 'production', workloads: ['api'] },
  ],
};

function alert(alertname: string, labels: Readonly<Record<string, string>> = {}, firing = true) {
  const all = { alertname, namespace: 'staging', ...labels };
  return { firing, labels: new Map(Object.entries(all)) };
}

function taken(status: IssueAnswer['status']): Reported {
  return { taken: { status, issue: {} as IssueView } };
}

function refused(type: string): Reported {
  return { refused: { type, message: 'said so' } };
}

async function take(
  alerts: readonly ReturnType<typeof alert>[],
  answer: (report: IssueReport) => Reported | Promise<Reported> = () => taken('opened'),
) {
  const reports: IssueReport[] = [];
  const lines: Record<string, unknown>[] = [];
  const log = createLog({
    service: 'test',
    level: 'info',
    stream: { write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) },
  });
  const counts = await takeAlerts(
    { source: 'alertmanager', alerts },
    {
      settings: SETTINGS,
      log,
      reports: {
        async report(one) {
          reports.push(one);
          return await answer(one);
        },
      },
    },
  );
  return { counts, reports, lines };
}

const NONE = { reported: 0, known: 0, ignored: 0, refused: 0, busy: 0, failed: 0 };

describe('takeAlerts', () => {
  it('makes one report of several alerts of one workload and kind, and names no pod of several', async () => {
    const { counts, reports } = await take([
      alert('Crash', { pod: 'api-5d9c7f6b8-x2x4k' }),
      alert('Crash', { pod: 'api-5d9c7f6b8-qqqqq' }),
      alert('Stuck', { deployment: 'api', pod: 'api-5d9c7f6b8-x2x4k' }),
      alert('Crash', { deployment: 'web' }),
      alert('Crash', { deployment: 'web' }, false),
      alert('Watchdog'),
    ]);

    expect(reports.map(({ kind, workload, pod }) => [kind, workload, pod])).toEqual([
      ['pod_crash', 'api', undefined],
      ['deployment_stuck', 'api', 'api-5d9c7f6b8-x2x4k'],
      ['pod_crash', 'web', undefined],
    ]);
    expect(counts).toEqual({ ...NONE, reported: 3, known: 1, ignored: 2 });
  });

  it('says of several alerts since when the first of them fires', async () => {
    const since = (minute: number) => ({ since: `2026-01-02T03:0${minute}:00.000Z` });

    const { reports } = await take([
      { ...alert('Crash', { deployment: 'api' }), ...since(4) },
      { ...alert('Crash', { deployment: 'api' }), ...since(2) },
      alert('Crash', { deployment: 'api' }),
    ]);

    expect(reports).toMatchObject([since(2)]);
  });

  it('keeps pods apart whose workload is not known', async () => {
    const { reports } = await take([
      alert('Crash', { pod: 'cart-1' }),
      alert('Crash', { pod: 'cart-2' }),
      alert('Crash', { pod: 'cart-2' }),
    ]);

    expect(reports.map(({ pod }) => pod)).toEqual(['cart-1', 'cart-2']);
  });

  it.each([
    [taken('opened'), 'reported'],
    [taken('reopened'), 'reported'],
    [taken('noted'), 'known'],
    [taken('known'), 'known'],
    [refused('known-issue'), 'known'],
    [refused('busy'), 'busy'],
    [refused('halted'), 'refused'],
    [refused('remediation-off'), 'refused'],
    [refused('invalid-request'), 'refused'],
    [refused('defect'), 'failed'],
  ])('counts the answer %j as %s', async (answer, result) => {
    const { counts } = await take([alert('Crash', { deployment: 'api' })], () => answer);

    expect(counts).toEqual({ ...NONE, [result]: 1 });
  });

  it('logs a refusal once, at info', async () => {
    const busy = alert('Crash', { deployment: 'api' });
    const elsewhere = alert('Crash', { deployment: 'api', namespace: 'default' });

    const { counts, lines } = await take([busy, busy, elsewhere, elsewhere], () => refused('busy'));

    expect(counts).toEqual({ ...NONE, refused: 2, busy: 2 });
    expect(lines).toMatchObject([
      { level: 'info', reason: 'namespace default is not configured' },
      { level: 'info', failureType: 'busy', reason: 'said so', workload: 'api' },
    ]);
  });

  it('tells a target no more that does not answer, and the others all', async () => {
    const eu = { namespace: 'production' };
    const { counts, reports, lines } = await take(
      [
        alert('Crash', { deployment: 'a', ...eu }),
        alert('Crash', { deployment: 'b', ...eu }),
        alert('Crash', { deployment: 'a' }),
        alert('Crash', { deployment: 'b' }),
      ],
      ({ environment }) => {
        if (environment === 'production') throw new Error('14 UNAVAILABLE');
        return taken('opened');
      },
    );

    expect(counts).toEqual({ ...NONE, reported: 2, failed: 2 });
    expect(reports.map(({ environment }) => environment).sort()).toEqual([
      'production',
      'staging',
      'staging',
    ]);
    expect(lines.filter(({ level }) => level === 'warn')).toMatchObject([
      { error: '14 UNAVAILABLE', environment: 'production' },
    ]);
  });
});
