import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readGrafanaContract } from '@fairlead/testing/vendors';
import { aPanel, someContent } from '../fixtures.ts';
import { listOf } from '../json.ts';
import { actions, all, FAILURE, named, startBench } from '../testing/provision-stage.ts';
import type { Bench } from '../testing/provision-stage.ts';

const contract = readGrafanaContract();

let bench: Bench;

beforeEach(async () => {
  bench = await startBench(contract);
});

afterEach(() => bench.vendor.stop());

describe('what a person edited', () => {
  const PANELS = [{ type: 'text', title: 'Mine', gridPos: { x: 0, y: 0, w: 1, h: 1 } }];

  beforeEach(async () => {
    await bench.apply();
  });

  it('stays and is told, and is written over with force', async () => {
    bench.vendor.edit('deployment-alerts', { panels: PANELS });

    const kept = await bench.apply();

    expect(named(kept, 'Deployment Alerts')).toEqual({
      thing: 'dashboard',
      name: 'Deployment Alerts',
      action: 'edited',
      detail: 'kim changed it, version 2: lacks Success rate; has Mine',
    });
    expect(bench.vendor.dashboards.get('deployment-alerts')?.json).toMatchObject({
      panels: PANELS,
    });

    const forced = await bench.apply({ choices: { force: true } });

    expect(named(forced, 'Deployment Alerts')).toMatchObject({ action: 'update' });
    expect(await bench.apply()).toEqual(all('unchanged'));
  });

  it('stays when a newer form of ours comes', async () => {
    bench.vendor.edit('deployment-alerts', { panels: PANELS });
    const newer = someContent();
    const dashboards = newer.dashboards.map((one) => ({ ...one, panels: [aPanel({ id: 'new' })] }));

    const changes = await bench.apply({ content: { ...newer, dashboards } });

    expect(actions(changes).slice(0, 3)).toEqual(['unchanged', 'update', 'edited']);
    expect(bench.vendor.dashboards.get('deployment-alerts')?.json).toMatchObject({
      panels: PANELS,
    });
  });

  it('is no edit any more once it was put back', async () => {
    const before = bench.vendor.dashboards.get('deployment-alerts')?.json ?? {};
    bench.vendor.edit('deployment-alerts', { panels: PANELS });
    bench.vendor.edit('deployment-alerts', { panels: before.panels });

    expect(await bench.apply()).toEqual(all('unchanged'));
  });

  it('is none when a person only saved it and Grafana wrote its own defaults with it', async () => {
    const newer = someContent();
    const panels = listOf(bench.vendor.dashboards.get('deployment-alerts')?.json.panels);
    bench.vendor.edit('deployment-alerts', {
      weekStart: '',
      panels: panels.map((panel) => ({ ...panel, pluginVersion: '13.0.0' })),
    });

    expect(named(await bench.apply({ content: newer }), 'Deployment Alerts')).toMatchObject({
      action: 'unchanged',
      detail: expect.stringMatching(/^edited/),
    });
  });

  it('is seen when it is saved between our look and our write', async () => {
    const newer = someContent();
    const dashboards = newer.dashboards.map((one) => ({ ...one, description: 'newer' }));
    bench.vendor.before('POST', () => {
      bench.vendor.edit('deployment-metrics', { panels: PANELS });
    });

    const changes = await bench.apply({ content: { ...newer, dashboards } });

    expect(named(changes, 'Deployment Metrics')).toMatchObject({ action: 'edited' });
    expect(bench.vendor.dashboards.get('deployment-metrics')?.json).toMatchObject({
      panels: PANELS,
    });
  });

  it('stays where it was moved to', async () => {
    const board = bench.vendor.dashboards.get('deployment-alerts');
    bench.vendor.folders.set('theirs', { uid: 'theirs', title: 'Theirs', version: 1 });
    if (board !== undefined) {
      bench.vendor.dashboards.set(board.uid, { ...board, folderUid: 'theirs' });
    }
    const newer = someContent();
    const dashboards = newer.dashboards.map((one) => ({ ...one, description: 'newer' }));

    await bench.apply({ content: { ...newer, dashboards } });

    expect(bench.vendor.dashboards.get('deployment-alerts')).toMatchObject({
      folderUid: 'theirs',
      json: { description: 'newer' },
    });
  });

  it('is kept in a rule as well, and told', async () => {
    const rule = bench.vendor.rules.get(FAILURE);
    if (rule === undefined) throw new Error('no rule');
    bench.vendor.rules.set(FAILURE, { ...rule, isPaused: true });

    const kept = await bench.apply();

    expect(named(kept, 'Deployment Failure')).toMatchObject({
      action: 'edited',
      detail: 'differs in paused',
    });
    expect(bench.vendor.rules.get(FAILURE)).toMatchObject({ isPaused: true });

    await bench.apply({ choices: { force: true } });

    expect(bench.vendor.rules.get(FAILURE)).toMatchObject({ isPaused: false });
    expect(await bench.apply()).toEqual(all('unchanged'));
  });

  it('keeps whom a rule tells and where it lives when the rule is brought up to date', async () => {
    const rule = bench.vendor.rules.get(FAILURE);
    if (rule === undefined) throw new Error('no rule');
    const notification_settings = { receiver: 'on-call' };
    bench.vendor.rules.set(FAILURE, { ...rule, notification_settings, ruleGroup: 'theirs' });
    expect(await bench.plan()).toEqual(all('unchanged'));
    const newer = someContent();
    const alerts = newer.alerts.map((alert) => ({ ...alert, description: 'newer' }));

    await bench.apply({ content: { ...newer, alerts } });

    expect(bench.vendor.rules.get(FAILURE)).toMatchObject({
      notification_settings,
      ruleGroup: 'theirs',
      annotations: { description: 'newer' },
    });
  });

  it('is the folder’s name, which stays unless forced', async () => {
    const folder = { uid: 'fairlead', title: 'Rollouts', version: 2 };
    bench.vendor.folders.set('fairlead', folder);

    expect(named(await bench.apply(), 'Fairlead')).toMatchObject({
      action: 'edited',
      detail: 'somebody named it "Rollouts"',
    });
    await bench.apply({ choices: { force: true } });
    expect(bench.vendor.folders.get('fairlead')).toMatchObject({ title: 'Fairlead' });
  });
});

describe('what is kept by other means', () => {
  it('is left alone when it comes from files', async () => {
    await bench.apply();
    const board = bench.vendor.dashboards.get('deployment-alerts');
    const rule = bench.vendor.rules.get(FAILURE);
    if (board === undefined || rule === undefined) throw new Error('nothing was applied');
    bench.vendor.dashboards.set(board.uid, { ...board, provisioned: true, json: { title: 'x' } });
    bench.vendor.rules.set(FAILURE, { ...rule, provenance: 'file', title: 'x' });

    const changes = await bench.apply({ choices: { force: true } });

    expect(named(changes, 'Deployment Alerts')).toMatchObject({
      action: 'unchanged',
      detail: expect.stringMatching(/file/),
    });
    expect(named(changes, 'Deployment Failure')).toMatchObject({
      action: 'edited',
      detail: expect.stringMatching(/"file"/),
    });
  });

  it('is not taken for ours when it only has the UID of ours', async () => {
    bench.vendor.folders.set('theirs', { uid: 'theirs', title: 'Theirs', version: 1 });
    bench.vendor.dashboards.set('deployment-alerts', {
      uid: 'deployment-alerts',
      folderUid: 'theirs',
      json: { uid: 'deployment-alerts', title: 'Mine', tags: [], panels: [], version: 4 },
      version: 4,
      updatedBy: 'kim',
      message: '',
      provisioned: false,
    });

    expect(named(await bench.apply(), 'Deployment Alerts')).toMatchObject({ action: 'edited' });
    await bench.remove();
    expect([...bench.vendor.dashboards.keys()]).toEqual(['deployment-alerts']);
  });

  it('says so when a dashboard is longer than any of ours', async () => {
    await bench.apply();
    bench.vendor.edit('deployment-alerts', { description: 'x'.repeat(100_000) });

    expect(named(await bench.apply(), 'Deployment Alerts')).toMatchObject({
      action: 'edited',
      detail: expect.stringMatching(/^longer than ours ever is/),
    });
    await bench.apply({ choices: { force: true } });
    expect(await bench.apply()).toEqual(all('unchanged'));
  });
});
