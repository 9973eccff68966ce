import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startMockDatadog } from '../../../../testing/src/vendors/datadog.ts';
import type { DatadogShelf, MockDatadog } from '../../../../testing/src/vendors/datadog.ts';
import type { ProvisionOptions } from '../../provisioning/provisioner.ts';
import { createDatadogClient } from '../client.ts';
import { toDurations } from '../events/totals.ts';
import { aDashboard, aDelivery, aPanel, anAlert, fourAlerts } from '../fixtures.ts';
import { createDatadogProvisioner } from './provisioner.ts';
import { CONTENT } from '../../content.ts';
import type { Content } from '../../content.ts';

let vendor: MockDatadog;

beforeEach(async () => {
  vendor = await startMockDatadog(() => new Date('2026-01-02T03:05:00Z'));
});

afterEach(() => vendor.stop());

/** Few panels: the library is slow at them. */
const OURS: Content = {
  dashboards: [
    aDashboard({ panels: [aPanel()] }),
    aDashboard({ uid: 'ops', title: 'Operations', panels: [aPanel({ kind: 'alerts' })] }),
  ],
  alerts: fourAlerts(),
};

function clientOf() {
  const { apiKey, appKey, url } = vendor;
  const options = { apiKey, appKey, site: 'datadoghq.eu', apiUrl: url, dora: false };
  return createDatadogClient(options);
}

function provisioner(definitions: Content = OURS) {
  return createDatadogProvisioner(clientOf(), definitions);
}

const signal = () => AbortSignal.timeout(30_000);

function apply(options: Partial<ProvisionOptions> = {}, definitions = OURS) {
  const all = { force: false, removeDuplicates: false, ...options };
  return provisioner(definitions).apply(all, signal());
}

function plan(options: Partial<ProvisionOptions> = {}, definitions = OURS) {
  const all = { force: false, removeDuplicates: false, ...options };
  return provisioner(definitions).plan(all, signal());
}

async function actions(changes: ReturnType<typeof apply>) {
  return (await changes).map(({ action }) => action);
}

function writes() {
  return vendor.received.filter(({ method }) => method !== 'GET');
}

/** As a person does it in Datadog's own pages. */
function edit(shelf: DatadogShelf, field: 'name' | 'title' | 'query', value: string) {
  const { id, created: _c, created_at: _a, ...body } = shelf.all[0]!;
  shelf.replace(String(id), { ...body, [field]: value });
}

function copyFirst(shelf: DatadogShelf, over: object = {}) {
  const { id: _i, created: _c, created_at: _a, ...body } = shelf.all[0]!;
  return shelf.add({ ...body, ...over });
}

describe('apply', () => {
  it('makes every dashboard and monitor in a form that the schema takes', async () => {
    const changes = await apply();

    expect(changes.map(({ thing, name, action }) => [thing, name, action])).toEqual([
      ['dashboard', 'Deployment Metrics', 'create'],
      ['dashboard', 'Operations', 'create'],
      ['alert', 'Deployment Failure', 'create'],
      ['alert', 'Long-Running Deployment', 'create'],
      ['alert', 'Failed Rollback', 'create'],
      ['alert', 'Canary Deployment Issue', 'create'],
    ]);
    expect(vendor.dashboards.all).toHaveLength(2);
    expect(vendor.monitors.all).toHaveLength(4);
  });

  it('makes all of ours: the five dashboards and "the four alerts with their severities"', async () => {
    expect(await actions(apply({}, CONTENT))).toEqual(Array(9).fill('create'));

    const tagged = vendor.monitors.all.map(({ name, tags, priority }) => [
      name,
      (tags as string[])[2],
      priority,
    ]);
    expect(tagged).toEqual([
      ['Deployment Failure', 'severity:critical', 1],
      ['Long-Running Deployment', 'severity:warning', 3],
      ['Failed Rollback', 'severity:critical', 1],
      ['Canary Deployment Issue', 'severity:warning', 3],
    ]);
    expect(vendor.dashboards.all).toHaveLength(5);
    expect(await actions(apply({}, CONTENT))).toEqual(Array(9).fill('unchanged'));
  });

  it('draws a panel of each kind', async () => {
    const dashboard = aDashboard();

    await apply({}, { dashboards: [dashboard], alerts: [] });

    expect(vendor.dashboards.all).toMatchObject([{ layout_type: 'ordered', reflow_type: 'fixed' }]);
    expect(vendor.dashboards.all[0]!['widgets']).toHaveLength(dashboard.panels.length);
  });

  it('"apply twice: second time no change"', async () => {
    await apply();
    const before = writes().length;

    expect(await actions(apply())).toEqual(Array(6).fill('unchanged'));
    expect(writes()).toHaveLength(before);
  });

  it('"answers an empty first page once, and 502 after storing: four monitors, not eight"', async () => {
    vendor.hideFirstPage();
    vendor.failAfterStoring({ status: 502, body: '<html>' });

    await apply();

    expect(vendor.monitors.all).toHaveLength(4);
    expect(vendor.dashboards.all).toHaveLength(2);
  });

  it('makes none twice when each answer is lost, and every list is short once', async () => {
    vendor.failAfterStoring({ status: 502 }, 6);
    await apply();
    vendor.hideFirstPage();
    const before = writes().length;

    expect(await actions(apply())).toEqual(Array(6).fill('unchanged'));
    expect(writes()).toHaveLength(before);
    expect(vendor.monitors.all).toHaveLength(4);
    expect(vendor.dashboards.all).toHaveLength(2);
  });

  it('goes on where an earlier one was broken off', async () => {
    // The lists, the first monitor, what is read back of it, and its seal, which is lost.
    const none = { status: 200, body: '[]' };
    vendor.misbehave(none, none, { status: 503 });
    await expect(apply()).rejects.toMatchObject({ retryable: true });

    await apply();

    expect(vendor.monitors.all).toHaveLength(4);
    expect(await actions(apply())).toEqual(Array(6).fill('unchanged'));
  });

  it.each([3, 4, 5, 6, 7])(
    '"after an ambiguous POST look again before a second": goes on where request %i of the first one failed',
    async (nth) => {
      const client = clientOf();
      let count = 0;
      const failing = createDatadogProvisioner(
        {
          ask(what, given) {
            count += 1;
            if (count === nth) vendor.misbehave({ status: 500 });
            return client.ask(what, given);
          },
        },
        OURS,
      );
      const options = { force: false, removeDuplicates: false };
      await failing.apply(options, signal()).catch(() => undefined);

      await apply();

      expect(vendor.monitors.all).toHaveLength(4);
      expect(vendor.dashboards.all).toHaveLength(2);
      expect(await actions(apply())).toEqual(Array(6).fill('unchanged'));
    },
  );

  it('"Two apply at once: the same"', async () => {
    await Promise.all([apply(), apply()]);

    expect(vendor.monitors.all).toHaveLength(4);
    expect(vendor.dashboards.all).toHaveLength(2);
    expect(await actions(apply())).toEqual(Array(6).fill('unchanged'));
  });

  it('brings what an earlier release wrote to the present form, and names what differs', async () => {
    await apply();
    const alerts = [anAlert({ description: 'Better.' }), ...OURS.alerts.slice(1)];

    const changes = await apply({}, { ...OURS, alerts });

    expect(changes[2]).toMatchObject({ action: 'update', detail: 'differs in message' });
    expect(JSON.stringify(vendor.monitors.all)).toContain('Better.');
    expect(await actions(apply({}, { ...OURS, alerts }))).toEqual(Array(6).fill('unchanged'));
  });

  it('ends with the error that says what is refused', async () => {
    vendor.misbehave({ status: 403, body: '{"errors":["Forbidden"]}' });

    await expect(apply()).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(/403.*Forbidden.*renew its credentials/),
    });
  });
});

describe('what a person did', () => {
  it.each([
    ['a renamed monitor', 'name', 2],
    ['another query', 'query', 2],
    ['a renamed dashboard', 'title', 0],
  ] as const)('stays unless forced: %s', async (_what, field, index) => {
    await apply();
    const shelf = index === 0 ? vendor.dashboards : vendor.monitors;
    edit(shelf, field, 'avg(last_1h):avg:mine{*} > 1');
    const before = writes().length;

    expect((await apply())[index]).toMatchObject({
      action: 'edited',
      detail: expect.stringMatching(field),
    });
    expect(writes()).toHaveLength(before);
    expect((await plan({ force: true }))[index]).toMatchObject({ action: 'update' });
    expect((await apply({ force: true }))[index]).toMatchObject({ action: 'update' });
    expect(await actions(apply())).toEqual(Array(6).fill('unchanged'));
  });

  it('stays where it made a dashboard longer than what is read of an answer', async () => {
    await apply();
    const { id, ...body } = vendor.dashboards.all[0]!;
    const note = { definition: { type: 'note', content: 'x'.repeat(100_000) } };
    vendor.dashboards.replace(String(id), { ...body, widgets: [note] });

    expect((await apply())[0]).toMatchObject({ action: 'edited' });
    expect((await apply({ force: true }))[0]).toMatchObject({ action: 'update' });
    expect(await actions(apply())).toEqual(Array(6).fill('unchanged'));
  });

  it('is no edit where a monitor was muted', async () => {
    await apply();
    const { id, created: _c, ...body } = vendor.monitors.all[0]!;
    const options = { ...(body['options'] as object), silenced: { '*': 1 } };
    vendor.monitors.replace(String(id), { ...body, options });

    expect(await actions(apply())).toEqual(Array(6).fill('unchanged'));
  });

  it('"what people made is never touched": monitors and dashboards of their own, and copies of ours', async () => {
    await apply();
    const own = [
      vendor.monitors.add({
        name: 'Deployment Failure',
        type: 'query alert',
        query: 'q',
        tags: [],
      }),
      copyFirst(vendor.monitors, { name: 'Copy of Deployment Failure' }),
      vendor.dashboards.add({ title: 'Deployment Metrics', layout_type: 'free', widgets: [] }),
      copyFirst(vendor.dashboards, { title: 'Copy' }),
    ];

    await apply({ force: true, removeDuplicates: true });
    await provisioner().remove(signal());

    expect([...vendor.monitors.all, ...vendor.dashboards.all]).toEqual(own);
  });
});

describe('duplicates of ours', () => {
  it('"plan lists duplicates of ours and offers to remove all but the oldest"', async () => {
    await apply();
    const second = copyFirst(vendor.monitors);
    const drawn = copyFirst(vendor.dashboards);

    const planned = await plan();
    expect(planned.filter(({ action }) => action === 'duplicate')).toMatchObject([
      { thing: 'dashboard', detail: expect.stringContaining(String(drawn.id)) },
      { thing: 'alert', detail: expect.stringContaining(String(second.id)) },
    ]);
    await apply();
    expect(vendor.monitors.all).toHaveLength(5);

    const removed = await apply({ removeDuplicates: true });
    expect(removed.filter(({ action }) => action === 'remove')).toHaveLength(2);
    expect(vendor.monitors.all).toHaveLength(4);
    expect(vendor.dashboards.all).toHaveLength(2);
    expect(vendor.monitors.find(String(second.id))).toBeUndefined();
  });
});

describe('remove', () => {
  it('"leaves nothing of ours", even where a list is short for a moment', async () => {
    await apply();
    vendor.hideFirstPage();

    const changes = await provisioner().remove(signal());

    expect(changes.map(({ action }) => action)).toEqual(Array(6).fill('remove'));
    expect([...vendor.monitors.all, ...vendor.dashboards.all]).toEqual([]);
    expect(await provisioner().remove(signal())).toEqual([]);
  });

  it('takes away what an earlier release called otherwise', async () => {
    await apply();

    await provisioner({ dashboards: [], alerts: [] }).remove(signal());

    expect([...vendor.monitors.all, ...vendor.dashboards.all]).toEqual([]);
  });
});

describe('plan', () => {
  it('reads only', async () => {
    expect(await actions(plan())).toEqual(Array(6).fill('create'));
    expect(writes()).toEqual([]);
  });

  it('looks through all pages, and shortens them where they are too long to be read', async () => {
    await apply();
    const moved = vendor.dashboards.all.map(({ id }) => String(id));
    for (let index = 0; index < 230; index += 1) {
      const description = 'x'.repeat(index < 30 ? 3_000 : 10);
      vendor.dashboards.add({ title: `Theirs ${index}`, description, widgets: [] });
    }
    for (const id of moved) {
      const { id: _i, ...body } = vendor.dashboards.find(id)!;
      vendor.dashboards.remove(id);
      vendor.dashboards.add(body);
    }

    expect(await actions(plan())).toEqual(Array(6).fill('unchanged'));
  });
});

describe('percentiles of the duration', () => {
  const query = 'p95:fairlead.deployment.duration{*}';
  const dashboards = [aDashboard({ panels: [aPanel({ datadog: { queries: { query } } })] })];
  const timed: Content = { dashboards, alerts: [] };

  async function sendDuration() {
    const ending = { outcome: 'succeeded', durationSeconds: 7 } as const;
    const body = { series: toDurations(aDelivery(), ending) };
    await clientOf().ask(({ metricsV1 }) => metricsV1.submitDistributionPoints({ body }), signal());
  }

  it('are switched on, which the change says, once there is such a metric', async () => {
    const [early] = await apply({}, timed);
    await sendDuration();
    const [planned] = await plan({}, timed);
    const [done] = await apply({}, timed);
    const [again] = await apply({}, timed);

    expect(early?.detail).toMatch(/could not be switched on.*404.*apply again/);
    expect(planned?.detail).toMatch(/to be switched on/);
    expect(done?.detail).toMatch(/switched on/);
    expect(again).toEqual({ thing: 'dashboard', name: 'Deployment Metrics', action: 'unchanged' });
    expect(vendor.configurations.get('fairlead.deployment.duration')).toEqual({
      metric_type: 'distribution',
      tags: ['environment', 'application', 'source', 'type', 'outcome'],
      include_percentiles: true,
    });

    await provisioner(timed).remove(signal());
    expect(vendor.configurations.size).toBe(0);
  });
});
