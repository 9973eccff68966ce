import { describe, expect, it } from '@jest/globals';
import type { AlertRule, AlertSettings } from '@fairlead/settings';
import { findReport } from './find-report.ts';

const RULE: AlertRule = {
  match: { alertname: 'KubePodCrashLooping' },
  issue: 'pod_crash',
  workloadLabels: ['deployment', 'workload'],
  ...{ podLabel: 'pod', namespaceLabel: 'namespace' },
  ...{ environmentLabel: 'environment', applicationLabel: 'application' },
};
const STAGING = {
  ...{ environment: 'staging', cluster: 'default', namespace: 'shop-staging' },
  workloads: ['api', 'web'],
};
const SETTINGS: AlertSettings = {
  ...{ host: '127.0.0.1', port: 0, token: 'x', application: 'shop', rules: [RULE] },
  places: [STAGING, { ...STAGING, environment: 'production', cluster: 'eu', namespace: 'shop' }],
};
const LABELS = { alertname: 'KubePodCrashLooping', namespace: 'shop-staging', deployment: 'api' };

function found(
  labels: Readonly<Record<string, string>>,
  {
    settings = {},
    rule = {},
  }: { settings?: Partial<AlertSettings>; rule?: Partial<AlertRule> } = {},
) {
  const alert = { firing: true, labels: new Map(Object.entries(labels)), summary: 'it crashes' };
  const rules = [{ ...RULE, ...rule }];
  return findReport(alert, 'alertmanager', { ...SETTINGS, rules, ...settings });
}

describe('findReport', () => {
  it('finds environment, application and cluster by the namespace', () => {
    expect(found(LABELS)).toEqual({
      ...{ kind: 'pod_crash', environment: 'staging', application: 'shop', cluster: 'default' },
      ...{ namespace: 'shop-staging', workload: 'api' },
      ...{ source: 'alertmanager', actor: 'alertmanager' },
      reason: 'KubePodCrashLooping: it crashes',
    });
  });

  it('ignores what is resolved', () => {
    const alert = { firing: false, labels: new Map(Object.entries(LABELS)) };

    expect(findReport(alert, 'grafana', SETTINGS)).toBe('ignored');
  });

  it.each([
    ['another name', { ...LABELS, alertname: 'Watchdog' }, {}],
    ['no name', { namespace: 'shop-staging', deployment: 'api' }, {}],
    ['one label of two', LABELS, { match: { ...RULE.match, severity: 'critical' } }],
  ])('ignores an alert of %s', (_what, labels, rule) => {
    expect(found(labels, { rule })).toBe('ignored');
  });

  it('goes by the first rule that matches', () => {
    const rules = [{ ...RULE, issue: 'deployment_stuck' as const }, RULE];

    expect(found(LABELS, { settings: { rules } })).toMatchObject({ kind: 'deployment_stuck' });
  });

  it.each([
    ['a label', { ...LABELS, namespace: 'shop', environment: 'production' }, {}],
    [
      'a label alone',
      { alertname: LABELS.alertname, deployment: 'a', environment: 'production' },
      {},
    ],
    ['its rule', { alertname: LABELS.alertname, deployment: 'a' }, { environment: 'production' }],
    ['its rule before a label', { ...LABELS, namespace: 'shop' }, { environment: 'production' }],
  ])('has the environment that %s names', (_what, labels, rule) => {
    expect(found(labels, { rule })).toMatchObject({
      ...{ environment: 'production', cluster: 'eu', namespace: 'shop' },
    });
  });

  it('has the application, workload, pod and namespace of the labels that its rule names', () => {
    const rule = {
      ...{ workloadLabels: ['app'], podLabel: 'exported_pod' },
      ...{ namespaceLabel: 'exported_namespace', applicationLabel: 'product' },
    };
    const labels = {
      ...{ ...LABELS, namespace: 'monitoring', pod: 'kube-state-metrics-1' },
      ...{ app: 'cart', exported_pod: 'cart-1', exported_namespace: 'shop-staging' },
      product: 'garden',
    };

    expect(found(labels, { rule })).toMatchObject({
      ...{ application: 'garden', namespace: 'shop-staging', workload: 'cart', pod: 'cart-1' },
    });
  });

  it.each([
    ['api-5d9c7f6b8-x2x4k', { workload: 'api', pod: 'api-5d9c7f6b8-x2x4k' }],
    ['api-v2-5d9c7f6b8-x2x4k', { workload: undefined, pod: 'api-v2-5d9c7f6b8-x2x4k' }],
    ['api-backup-x2x4k', { workload: undefined, pod: 'api-backup-x2x4k' }],
    ['other-5d9c7f6b8-x2x4k', { workload: undefined, pod: 'other-5d9c7f6b8-x2x4k' }],
    ['api-0', { workload: undefined, pod: 'api-0' }],
  ])('knows the component of pod %s by its name, if it is one’s', (pod, expected) => {
    const { deployment: _none, ...labels } = LABELS;

    const { workload, ...report } = {
      workload: undefined,
      ...(found({ ...labels, pod }) as object),
    };

    expect({ workload, ...report }).toMatchObject(expected);
  });

  it.each([
    ['a namespace that is not configured', { namespace: 'default' }, /default is not configured/],
    ['a namespace of Kubernetes', { namespace: 'kube-system' }, /kube-system is not configured/],
    ['no place at all', { namespace: '' }, /neither environment nor namespace/],
    ['an unknown environment', { environment: 'prod' }, /environment prod is not configured/],
    [
      'another’s namespace',
      { environment: 'production' },
      /shop-staging is not that of production: shop/,
    ],
    ['nobody', { deployment: '' }, /neither deployment, workload nor pod says/],
    ['no name of Kubernetes’', { deployment: '../api' }, /no name of Kubernetes’ form/],
    ['a pod of no such name', { pod: 'Api 1' }, /no name of Kubernetes’ form/],
    ['a long name', { deployment: 'a'.repeat(254) }, /no name of Kubernetes’ form/],
    ['an application of no such name', { application: 'a/b' }, /application is no name/],
  ])('refuses %s', (_what, labels, message) => {
    expect(found({ ...LABELS, ...labels })).toEqual({ refused: expect.stringMatching(message) });
  });

  it('refuses a namespace of two environments until a label tells them apart', () => {
    const places = [STAGING, { ...STAGING, environment: 'qa', cluster: 'eu' }];

    expect(found(LABELS, { settings: { places } })).toEqual({
      refused: 'namespace shop-staging is that of staging, qa: a label environment must say which',
    });
    expect(found({ ...LABELS, environment: 'qa' }, { settings: { places } })).toMatchObject({
      cluster: 'eu',
    });
  });

  it('refuses what has no application', () => {
    expect(found(LABELS, { settings: { application: undefined } })).toEqual({
      refused: expect.stringContaining('no label application names the application'),
    });
  });
});
