import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readGrafanaContract } from '@fairlead/testing/vendors';
import { anAlert, someContent } from '../fixtures.ts';
import { actions, all, FAILURE, named, OURS, startBench } from '../testing/provision-stage.ts';
import type { Bench } from '../testing/provision-stage.ts';

const contract = readGrafanaContract();

let bench: Bench;

beforeEach(async () => {
  bench = await startBench(contract);
});

afterEach(() => bench.vendor.stop());

describe('apply', () => {
  it('makes the folder, the dashboards in it and the four rules', async () => {
    const changes = await bench.apply();

    expect(changes).toEqual(all('create'));
    expect([...bench.vendor.folders.values()]).toMatchObject([
      { uid: 'fairlead', title: 'Fairlead' },
    ]);
    expect([...bench.vendor.dashboards.values()]).toMatchObject([
      { uid: 'deployment-metrics', folderUid: 'fairlead', version: 1 },
      { uid: 'deployment-alerts', folderUid: 'fairlead', version: 1 },
    ]);
    expect([...bench.vendor.rules.values()]).toMatchObject(
      OURS.filter(([thing]) => thing === 'alert').map(([, title]) => ({
        title,
        folderUID: 'fairlead',
        ruleGroup: 'fairlead',
        noDataState: 'OK',
        provenance: '',
      })),
    );
  });

  it('makes no change the second time', async () => {
    await bench.apply();
    const before = bench.writes();

    const changes = await bench.apply();

    expect(changes).toEqual(all('unchanged'));
    expect(bench.writes()).toBe(before);
  });

  it('makes no change the second time when Grafana writes a dashboard in its own way', async () => {
    bench.vendor.rewrite((json) => ({ ...json, schemaVersion: 99, weekStart: '', style: 'dark' }));
    await bench.apply();

    expect(await bench.apply()).toEqual(all('unchanged'));
  });

  it('leads from each rule to the dashboard, and to the runbook once its place is known', async () => {
    await bench.apply();
    const options = { runbookUrl: 'https://wiki.test/r' };

    const changes = await bench.apply({ options });

    expect(changes.map(({ thing, action }) => `${thing} ${action}`)).toEqual([
      ...['folder unchanged', 'dashboard unchanged', 'dashboard unchanged'],
      ...Array<string>(4).fill('alert update'),
    ]);
    expect(bench.vendor.rules.get(FAILURE)).toMatchObject({
      annotations: {
        runbook_url: expect.stringMatching(/^https:\/\/wiki\.test\/r#[a-z-]+$/),
        dashboard_url: `${bench.vendor.url}/d/deployment-alerts`,
      },
    });
    expect(await bench.apply({ options })).toEqual(all('unchanged'));
  });

  it('brings an older form of its own to the present one', async () => {
    const older = someContent();
    const [board, ...boards] = older.dashboards;
    if (board === undefined) throw new Error('no dashboard');
    const lacking = { ...board, panels: board.panels.slice(1) };
    const alerts = [anAlert({ summary: 'before' }), ...older.alerts.slice(1)];
    await bench.apply({ content: { dashboards: [lacking, ...boards], alerts } });

    const changes = await bench.apply();

    expect(named(changes, 'Deployment Metrics')).toMatchObject({
      action: 'update',
      detail: expect.stringMatching(/^lacks Panel stat/),
    });
    expect(named(changes, 'Deployment Failure')).toMatchObject({
      action: 'update',
      detail: 'differs in annotations',
    });
    expect(actions(changes).filter((action) => action === 'unchanged')).toHaveLength(5);
    expect(await bench.apply()).toEqual(all('unchanged'));
  });

  it('ends with one of each when two run at once', async () => {
    const [one, other] = await Promise.all([bench.apply(), bench.apply()]);

    const made = [...one, ...other].filter(({ action }) => action === 'create');
    expect(made).toHaveLength(OURS.length);
    expect(bench.vendor.saved()).toHaveLength(OURS.length);
    expect(await bench.plan()).toEqual(all('unchanged'));
  });

  it.each(OURS.map(([thing, name], index) => ({ thing, name, index })))(
    '"after an ambiguous POST look again before a second": the answer to that of the $thing $name was lost',
    async ({ index }) => {
      // Each POST before it is taken; the answer to this one is lost.
      for (let taken = 0; taken < index; taken += 1) bench.vendor.before('POST', () => undefined);
      bench.vendor.before('POST', () => {
        bench.vendor.loseAnswer('POST');
      });

      await expect(bench.apply()).rejects.toMatchObject({
        type: 'vendor-unreachable',
        retryable: true,
      });
      const changes = await bench.apply();

      expect(actions(changes).slice(0, index + 1)).toEqual(Array(index + 1).fill('unchanged'));
      expect(bench.vendor.saved()).toHaveLength(OURS.length);
    },
  );

  it('says which folder is in the way when Grafana takes no second one of a name', async () => {
    bench.vendor.misbehave({ status: 404 }, { status: 409 }, { status: 404 });

    await expect(bench.apply()).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(/another folder is named "Fairlead".*rename/),
    });
  });

  it('takes the data source that is configured, and refuses one that is not there', async () => {
    bench.vendor.dataSources.push({
      uid: 'prom-eu',
      name: 'EU',
      type: 'prometheus',
      isDefault: false,
    });

    await bench.apply({ options: { datasource: 'prom-eu' } });

    expect(bench.vendor.rules.get(FAILURE)?.data[0]).toMatchObject({ datasourceUid: 'prom-eu' });
    await expect(bench.apply({ options: { datasource: 'gone' } })).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(/no data source with the UID "gone"/),
    });
  });

  it.each([
    { kinds: [], message: /no Prometheus data source; name one/ },
    { kinds: ['loki'], message: /no Prometheus data source/ },
    { kinds: ['prometheus', 'prometheus'], message: /several .*P0 \(uid-0\), P1 \(uid-1\)/ },
  ])('says what to do when the data sources are $kinds', async ({ kinds, message }) => {
    const found = kinds.map((type, index) => ({
      uid: `uid-${index}`,
      name: `P${index}`,
      type,
      isDefault: false,
    }));
    bench.vendor.dataSources.splice(0, 1, ...found);

    await expect(bench.apply()).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(message),
    });
  });

  it('takes the default one of several Prometheuses', async () => {
    bench.vendor.dataSources.unshift({
      uid: 'second',
      name: 'Second',
      type: 'prometheus',
      isDefault: false,
    });

    await bench.apply();

    expect(bench.vendor.rules.get(FAILURE)?.data[0]).toMatchObject({
      datasourceUid: 'prometheus-of-the-test',
    });
  });

  it('makes no rules where Prometheus has them, and asks for no data source', async () => {
    bench.vendor.dataSources.splice(0);

    const changes = await bench.apply({ options: { alerts: false } });

    expect(changes).toEqual(all('create').slice(0, 3));
    expect(bench.vendor.rules.size).toBe(0);
  });

  it('takes its rules away when they are switched off', async () => {
    await bench.apply();

    const changes = await bench.apply({ options: { alerts: false } });

    expect(actions(changes).slice(3)).toEqual(Array(4).fill('remove'));
    expect(bench.vendor.rules.size).toBe(0);
  });
});

describe('plan', () => {
  it('says what apply would do, and only reads', async () => {
    const planned = await bench.plan();

    expect(bench.writes()).toBe(0);
    expect(planned).toEqual(await bench.apply());
    expect(await bench.plan()).toEqual(all('unchanged'));
  });

  it('says of an edited dashboard what forcing would do', async () => {
    await bench.apply();
    bench.vendor.edit('deployment-metrics', { title: 'Mine' });

    expect(named(await bench.plan(), 'Deployment Metrics')).toMatchObject({ action: 'edited' });
    expect(
      named(await bench.plan({ choices: { force: true } }), 'Deployment Metrics'),
    ).toMatchObject({
      action: 'update',
      detail: 'other title',
    });
  });
});
