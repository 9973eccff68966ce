import { describe, expect, it } from '@jest/globals';
import { isLater, isOurs, toAlert, toResolved } from './alert.ts';
import { aDelivery } from './fixtures.ts';
import type { AlertmanagerOptions } from './options.ts';

const NOW = new Date('2026-01-02T03:04:06.000Z');

function alertOf(
  parts: Parameters<typeof aDelivery>[0] = {},
  over: Partial<AlertmanagerOptions> = {},
) {
  return toAlert(aDelivery(parts), { urls: [], page: false, ...over }, NOW);
}

describe('toAlert', () => {
  it('labels a failure by its target alone', () => {
    expect(alertOf().labels).toEqual({
      alertname: 'Deployment Failure',
      severity: 'critical',
      environment: 'staging',
      application: 'shop',
      managed_by: 'fairlead',
      source: 'event',
    });
  });

  it('has the same labels for another run, step and time', () => {
    const other = alertOf({
      event: { at: '2026-05-06T07:08:09Z', message: 'other' },
      facts: { deploymentId: 'd-2', step: 3, weight: 50, actor: 'lee' },
    });

    expect(other.labels).toEqual(alertOf().labels);
  });

  it.each([
    ['after a failure', { event: { mark: 'rollback-failed' as const } }],
    ['that was asked for', { facts: { kind: 'rollback' as const } }],
  ])('calls a rollback %s that fails a failed rollback', (_name, parts) => {
    const { labels, annotations } = alertOf(parts);

    expect(labels['alertname']).toBe('Failed Rollback');
    expect(annotations['summary']).toBe('Rollback of shop in staging failed');
  });

  it.each([
    ['Deployment Failure', {}, '2026-01-02T03:09:06.000Z'],
    [
      'Failed Rollback',
      { event: { mark: 'rollback-failed' as const } },
      '2026-01-02T03:19:06.000Z',
    ],
  ])('lets a %s stand from the event on, as long as its rule would', (_name, parts, endsAt) => {
    expect(alertOf(parts)).toMatchObject({ startsAt: '2026-01-02T03:04:05.678Z', endsAt });
  });

  it('still stands for a while when it is told late', () => {
    const late = alertOf({ event: { at: '2026-01-02T01:00:00.000Z' } });

    expect(late).toMatchObject({
      startsAt: '2026-01-02T01:00:00.000Z',
      endsAt: '2026-01-02T03:09:06.000Z',
    });
  });

  it('does not end before it starts when the clock is behind', () => {
    const { endsAt } = alertOf({ event: { at: '2026-01-02T04:00:00.000Z' } });

    expect(endsAt).toBe('2026-01-02T04:05:00.000Z');
  });

  it('pages where Alertmanager owns the page', () => {
    expect(alertOf({}, { page: true }).labels['page']).toBe('true');
  });

  it('pages for nothing that may wake nobody, except a failed rollback', () => {
    const options = { page: true, severityIn: () => 'warning' as const };

    const failure = alertOf({}, options).labels;
    const rollback = alertOf({ event: { mark: 'rollback-failed' } }, options).labels;

    expect([failure['severity'], failure['page']]).toEqual(['warning', undefined]);
    expect([rollback['severity'], rollback['page']]).toEqual(['critical', 'true']);
  });

  it('tells the run in the annotations, in clean text', () => {
    const linkTo = (id: string) => `https://temporal.example.com/${id}`;
    const ci = { provider: 'github', url: 'https://ci.example.com/1' };
    const error = { type: 'doomed', message: 'image \u001b[31mcannot\u202e be pulled' };

    const alert = alertOf(
      { facts: { ci, error }, event: { message: 'the canary\nis bad' } },
      { linkTo },
    );

    expect(alert.annotations).toEqual({
      summary: 'Deployment of shop in staging failed',
      description: 'the canary is bad. image cannot be pulled',
      deployment: 'd-1',
      link: 'https://temporal.example.com/d-1',
      ci_run: 'https://ci.example.com/1',
      event: 'd-1/deployment-failed',
      failed_at: '2026-01-02T03:04:05.678Z',
    });
    expect(alert.generatorURL).toBe('https://temporal.example.com/d-1');
  });

  it('leads to the section of your runbook and to the dashboard, as the rule of its name does', () => {
    const links = { runbookUrl: 'https://wiki.test/r', grafanaUrl: 'https://graf.test/' };
    const rollback = { event: { mark: 'rollback-failed' as const } };

    expect(alertOf({}, links).annotations).toMatchObject({
      runbook_url: 'https://wiki.test/r#a-deployment-ended-failed',
      dashboard_url: 'https://graf.test/d/deployment-alerts',
    });
    expect(alertOf(rollback, links).annotations).toMatchObject({
      runbook_url: 'https://wiki.test/r#rollback-failed',
    });
    expect(alertOf().annotations).not.toHaveProperty('runbook_url');
  });

  it('leads to where it was configured to', () => {
    const generatorUrl = 'https://grafana.example.com/d/ops';

    const alert = alertOf({}, { generatorUrl, linkTo: () => 'https://temporal.example.com' });

    expect(alert.generatorURL).toBe(generatorUrl);
  });
});

describe('what stands', () => {
  const standing = { ...alertOf(), startsAt: '2026-01-02T03:04:05.678Z' };
  const before = '2026-01-02T03:04:05.677Z';
  const after = '2026-01-02T03:04:05.679Z';

  it('is ours and from before, or from later', () => {
    expect([isOurs(standing, after), isLater(standing, after)]).toEqual([true, false]);
    expect([isOurs(standing, before), isLater(standing, before)]).toEqual([false, true]);
  });

  it('is none of ours when a rule made it', () => {
    const ofRule = { ...standing, annotations: { summary: 'a rule' } };

    expect([isOurs(ofRule, after), isLater(ofRule, before)]).toEqual([false, false]);
  });

  it('is resolved under its own labels, now, and names both deployments', () => {
    const well = aDelivery({
      event: { kind: 'deployment-completed' },
      facts: { deploymentId: 'd-2' },
    });

    const resolved = toResolved(standing, well, NOW);

    expect(resolved).toMatchObject({ labels: standing.labels, endsAt: NOW.toISOString() });
    expect(resolved.annotations).toMatchObject({ deployment: 'd-1', resolved_by: 'd-2' });
  });
});
