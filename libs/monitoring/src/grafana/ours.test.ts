import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readGrafanaContract, startMockGrafana } from '@fairlead/testing/vendors';
import type { MockGrafana } from '@fairlead/testing/vendors';
import { ANSWER_LIMIT_BYTES } from '@fairlead/vendor';
import { CONTENT } from '../content.ts';
import { exportGrafana } from './export.ts';
import { createGrafana } from './grafana.ts';
import { listOf } from './json.ts';
import { toAlertRule } from './render/alert-rule.ts';
import { toDashboardJson } from './render/dashboard-json.ts';

const contract = readGrafanaContract();
/** Of the answer around the dashboard, and of what Grafana adds to it. */
const ROOM = 16 * 1024;

describe.each(CONTENT.dashboards.map((dashboard) => ({ uid: dashboard.uid, dashboard })))(
  'the dashboard $uid',
  ({ dashboard }) => {
    it('is what the schema of Grafana takes', async () => {
      expect(contract.errors('Dashboard', await toDashboardJson(dashboard))).toBeUndefined();
    });

    it('is short enough to be read back', async () => {
      const length = Buffer.byteLength(JSON.stringify(await toDashboardJson(dashboard)));

      expect(length).toBeLessThan(ANSWER_LIMIT_BYTES - ROOM);
    });

    it('has every panel of the model, each where it belongs', async () => {
      const { panels } = await toDashboardJson(dashboard);

      expect(listOf(panels)).toMatchObject(
        dashboard.panels.map(({ title, place, prometheus }) => ({
          title,
          gridPos: { x: place.x * 2, y: place.y, w: place.width * 2, h: place.height },
          ...(prometheus.length > 0 && {
            targets: prometheus.map(({ expression }) => ({ expr: expression })),
          }),
        })),
      );
    });
  },
);

describe.each(CONTENT.alerts.map((alert) => ({ title: alert.title, alert })))(
  'the rule $title',
  ({ alert }) => {
    it('is what the API takes, with no word of a template left', () => {
      const rule = toAlertRule(alert, { datasource: 'p', orgId: 1 });

      expect(contract.errors('ProvisionedAlertRule', rule)).toBeUndefined();
      expect(JSON.stringify(rule.annotations)).not.toMatch(/\{\{(?! \$labels\.\w+ \}\})/);
      // From Grafana 13 on this would be taken for a variable of the environment.
      expect(JSON.stringify(rule.annotations)).not.toContain('${');
    });
  },
);

describe('all of it', () => {
  let vendor: MockGrafana;

  beforeAll(async () => {
    vendor = await startMockGrafana(contract);
  });

  afterAll(() => vendor.stop());

  it('is taken by Grafana, stays unchanged the second time, and goes', async () => {
    const { url, apiKey } = vendor;
    const { provisioner } = createGrafana({ url, apiKey, alerts: true });
    const choices = { force: false, removeDuplicates: false };
    const signal = AbortSignal.timeout(30_000);
    const count = 1 + CONTENT.dashboards.length + CONTENT.alerts.length;

    const made = await provisioner?.apply(choices, signal);
    const again = await provisioner?.apply(choices, signal);
    const gone = await provisioner?.remove(signal);

    expect(made?.map(({ action }) => action)).toEqual(Array(count).fill('create'));
    expect(again?.map(({ action }) => action)).toEqual(Array(count).fill('unchanged'));
    expect(gone?.map(({ action }) => action)).toEqual(Array(count).fill('remove'));
    expect([vendor.folders.size, vendor.dashboards.size, vendor.rules.size]).toEqual([0, 0, 0]);
  });

  it('is exported without being asked for anything', async () => {
    const files = await exportGrafana();

    expect(Object.keys(files)).toHaveLength(CONTENT.dashboards.length * 2 + 3);
  });
});
