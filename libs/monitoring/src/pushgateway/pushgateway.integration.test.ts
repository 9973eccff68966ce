import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startPushgateway } from '../../../testing/src/servers/pushgateway-server.ts';
import type { PushgatewayServer } from '../../../testing/src/servers/pushgateway-server.ts';
import { seriesOf } from '../prometheus/exposition.ts';
import { A_CANARY_RUN, aTarget, aTotal } from '../prometheus/fixtures.ts';
import type { TargetState } from '@fairlead/contracts';
import { createPushgateway } from './pushgateway.ts';

let server: PushgatewayServer;

beforeAll(async () => {
  server = await startPushgateway();
});

afterAll(() => server.stop());

const signal = AbortSignal.timeout(60_000);
const told: TargetState[] = [];

async function publish(state: TargetState): Promise<void> {
  told.push(state);
  await createPushgateway({ url: server.url }).states.publish(state, signal);
}

afterEach(async () => {
  const { states } = createPushgateway({ url: server.url });
  for (const state of told.splice(0)) await states.forget(state, signal);
});

/** Series of ours that a scrape finds, each as its sorted labels and value; the gateway adds two labels to each. */
async function scrape(): Promise<string[]> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return seriesIn(text, ['instance', 'job']);
}

function seriesIn(text: string, without: readonly string[] = []): string[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('fairlead_'))
    .map((line) => {
      const [, name = '', labels = '', value = ''] = /^(\w+)\{(.*)\} (\S+)$/.exec(line) ?? [];
      const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)]
        .filter(([, label = '']) => !without.includes(label))
        .map(([pair]) => pair);
      return `${name}{${pairs.sort().join(',')}} ${Number(value.replace('Inf', 'Infinity'))}`;
    })
    .sort();
}

const FULL = aTarget({
  deployments: {
    canary: { succeeded: aTotal({ count: 12, durationSecondsSum: 540.25 }), failed: aTotal() },
    rolling: { 'rolled-back': aTotal() },
  },
  rollbacks: { succeeded: { count: 1, lastFinishedAt: '2026-01-02T03:04:05.678Z' } },
  running: A_CANARY_RUN,
});

describe('a real Pushgateway', () => {
  it('shows what was published, no more and no less', async () => {
    await publish(FULL);

    expect(await scrape()).toEqual(seriesIn(await seriesOf([FULL])));
    expect(await scrape()).toHaveLength(39);
  });

  it.each(['a/b/c', '..', 'quo"te\\', 'ünïcode 😀', 'with space', '50%', 'a?b=c&d#e'])(
    'takes the name %j and gives it back as it is',
    async (application) => {
      const state = aTarget({ application, running: A_CANARY_RUN });

      await publish(state);

      expect(await scrape()).toEqual(seriesIn(await seriesOf([state])));
    },
  );

  it('keeps no series of a run that has ended', async () => {
    const ended = aTarget({ deployments: { canary: { succeeded: aTotal() } } });

    await publish(FULL);
    await publish(ended);

    expect(await scrape()).toEqual(seriesIn(await seriesOf([ended])));
  });

  it('keeps targets apart', async () => {
    const blog = aTarget({ application: 'blog' });
    const production = aTarget({ environment: 'production' });

    await publish(FULL);
    await publish(blog);
    await publish(production);

    expect(await scrape()).toEqual(seriesIn(await seriesOf([FULL, blog, production])));
  });

  it('is not changed by a repeat', async () => {
    await publish(FULL);
    const before = await scrape();

    await publish(FULL);

    expect(await scrape()).toEqual(before);
  });

  it('forgets a target, and no other', async () => {
    const slash = aTarget({ application: 'a/b' });
    await publish(FULL);
    await publish(slash);

    await createPushgateway({ url: server.url }).states.forget(slash, signal);

    expect(await scrape()).toEqual(seriesIn(await seriesOf([FULL])));
  });

  it('takes it when a target is forgotten twice', async () => {
    const { states } = createPushgateway({ url: server.url });

    await states.forget(FULL, signal);

    await expect(states.forget(FULL, signal)).resolves.toBeUndefined();
  });

  it('says what it will not take', async () => {
    await fetch(`${server.url}/metrics/job/other`, {
      method: 'PUT',
      body: '# TYPE fairlead_rollbacks_total gauge\nfairlead_rollbacks_total 1\n',
    });

    const failure = publish(FULL);

    await expect(failure).rejects.toMatchObject({
      type: 'vendor-rejected',
      message: expect.stringMatching(/400: .*fairlead_rollbacks_total/),
    });
    await fetch(`${server.url}/metrics/job/other`, { method: 'DELETE' });
  });

  it('is reached', async () => {
    const reached = createPushgateway({ url: `${server.url}/` }).reach(signal);

    await expect(reached).resolves.toBeUndefined();
  });

  it('is not taken for one behind a wrong path', async () => {
    const reached = createPushgateway({ url: `${server.url}/push` }).reach(signal);

    await expect(reached).rejects.toMatchObject({ type: 'vendor-rejected' });
  });
});
