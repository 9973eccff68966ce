import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readGrafanaContract } from '@fairlead/testing/vendors';
import { actions, FAILURE, OURS, startBench } from '../testing/provision-stage.ts';
import type { Bench } from '../testing/provision-stage.ts';

const contract = readGrafanaContract();

let bench: Bench;

beforeEach(async () => {
  bench = await startBench(contract);
});

afterEach(() => bench.vendor.stop());

describe('remove', () => {
  it('leaves nothing of ours', async () => {
    await bench.apply();

    const changes = await bench.remove();

    expect(changes).toHaveLength(OURS.length);
    expect(new Set(actions(changes))).toEqual(new Set(['remove']));
    expect([
      bench.vendor.folders.size,
      bench.vendor.dashboards.size,
      bench.vendor.rules.size,
    ]).toEqual([0, 0, 0]);
    expect(await bench.remove()).toEqual([]);
  });

  it('takes what a person edited as well, for it is ours', async () => {
    await bench.apply();
    bench.vendor.edit('deployment-metrics', { title: 'Mine' });

    await bench.remove();

    expect(bench.vendor.dashboards.size).toBe(0);
  });

  it('takes the rules as well when they are switched off by now', async () => {
    await bench.apply();

    await bench.remove({ options: { alerts: false } });

    expect(bench.vendor.rules.size).toBe(0);
  });

  it('leaves a rule that only has the UID of ours', async () => {
    await bench.apply();
    const rule = bench.vendor.rules.get(FAILURE);
    if (rule === undefined) throw new Error('nothing was applied');
    bench.vendor.rules.set(FAILURE, { ...rule, labels: {}, annotations: {} });

    const [kept] = await bench.remove();

    expect(kept).toMatchObject({
      action: 'edited',
      detail: expect.stringMatching(/label managed_by/),
    });
    expect([...bench.vendor.rules.keys()]).toEqual([FAILURE]);
  });

  it('"what people made is never touched": leaves the folder when it holds a dashboard of somebody else, and says so', async () => {
    await bench.apply();
    const board = bench.vendor.dashboards.get('deployment-alerts');
    if (board === undefined) throw new Error('nothing was applied');
    bench.vendor.dashboards.set('theirs', {
      ...board,
      uid: 'theirs',
      json: { title: 'Theirs', tags: [] },
    });

    const changes = await bench.remove();

    expect(changes.at(-1)).toEqual({
      thing: 'folder',
      name: 'Fairlead',
      action: 'unchanged',
      detail: 'stays: it holds Theirs',
    });
    expect([...bench.vendor.dashboards.keys()]).toEqual(['theirs']);
    expect([...bench.vendor.folders.keys()]).toEqual(['fairlead']);
  });

  it('leaves the folder when it holds a folder or a rule of somebody else', async () => {
    await bench.apply();
    const rule = bench.vendor.rules.get(FAILURE);
    if (rule === undefined) throw new Error('nothing was applied');
    bench.vendor.rules.set('theirs', { ...rule, uid: 'theirs', title: 'Theirs', labels: {} });
    const below = { uid: 'below', title: 'Below', version: 1, parentUid: 'fairlead' };
    bench.vendor.folders.set('below', below);

    const held = await bench.remove();
    bench.vendor.folders.delete('below');
    const refused = await bench.remove();

    expect(held.at(-1)).toMatchObject({ action: 'unchanged', detail: 'stays: it holds Below' });
    expect(refused).toMatchObject([
      { action: 'unchanged', detail: 'stays: it holds alert rules of somebody else' },
    ]);
    expect([...bench.vendor.rules.keys()]).toEqual(['theirs']);
  });
});
