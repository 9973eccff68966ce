import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startClusterStage, startStage } from '@fairlead/testing/e2e';
import type { ClusterStage, Stage } from '@fairlead/testing/e2e';
import { startMockSlack, startMockVendor } from '@fairlead/testing/vendors';
import type { MockSlack, MockVendor } from '@fairlead/testing/vendors';
import { packSamples, PROGRAMS } from '../testing/packed-samples.ts';
import type { Answers, PackedSamples } from '../testing/packed-samples.ts';
import { NAMESPACE, removeSampleTarget, seedSampleTarget } from '../testing/sample-target.ts';

const SYSTEM_NODE = '/usr/bin/node';
/** As an ES module by the Node that the workspace pins, from CommonJS by the system's. */
const RUNS = PROGRAMS.map((program, index) => {
  const node = index === 0 || !existsSync(SYSTEM_NODE) ? process.execPath : SYSTEM_NODE;
  return [node, program] as const;
});

let samples: PackedSamples;

beforeAll(async () => {
  samples = await packSamples();
});

afterAll(() => samples.remove());

/** What the samples deploy. */
function configOf(application: string, image: string): string {
  return `application: ${application}
components: [{ name: web, image: '${image}' }]
environments: { staging: { namespace: ${NAMESPACE}, type: canary } }
canary: { steps: [{ weight: 25 }], bake: 1s }
`;
}

function expectDone({ succeeded, record, healed, issue }: Answers): void {
  expect({ succeeded, outcome: record.outcome }).toEqual({ succeeded: true, outcome: 'succeeded' });
  expect(healed).toBe(true);
  expect(issue).toMatchObject({
    key: 'pod_crash/api',
    attempts: [
      {
        ...{ action: 'restart_pod', result: 'helped' },
        detail: expect.stringContaining('deleted pod api-123456-abcde'),
      },
    ],
  });
}

it('compile with `strict`', async () => {
  await expect(samples.compile()).resolves.toBeUndefined();
});

describe('in a sandbox', () => {
  let stage: Stage;
  let number = 0;

  beforeAll(async () => {
    // Each program finds a sandbox of its own, whose pod nobody has mended yet.
    stage = await startStage((directory) => [
      ...['--role', 'both', '--sandbox', join(directory, `state-${number}`)],
    ]);
  });

  beforeEach(async () => {
    number += 1;
    await writeFile(
      join(samples.folder, 'fairlead.yaml'),
      configOf(`shop-${number}`, 'registry.example.com/shop/web:2.4.1'),
    );
    await stage.startWorker();
  });

  afterEach(() => stage.killWorkers());

  afterAll(() => stage.stop());

  it.each(RUNS)('run by %s as %s, and each message has its receipts', async (node, program) => {
    const answers = await samples.run(node, program, stage.temporalEnv);

    expectDone(answers);
    const { events, messages } = answers;
    expect(messages.map(({ destination }) => destination).toSorted()).toEqual([
      ...['inbox-chat', 'inbox-mail', 'log'],
    ]);
    expect(messages.map(({ state }) => state)).not.toContain('dead');
    expect(events).toMatchObject([{ destination: 'inbox-monitoring', state: 'accepted' }]);
  });
});

describe('on a real control plane', () => {
  let stage: ClusterStage;
  let slack: MockSlack;
  let bus: MockVendor;

  beforeAll(async () => {
    stage = await startClusterStage();
    slack = await startMockSlack();
    bus = await startMockVendor(() => ({ status: 202, body: '' }));
    await seedSampleTarget(stage);
  });

  afterAll(async () => {
    await removeSampleTarget(stage);
    await stage.stop();
    await slack.stop();
    await bus.stop();
  });

  it('run as they are, and each message has its receipts', async () => {
    const worker = join(stage.directory, 'worker.yaml');
    const config = configOf('shop-of-the-samples', 'registry.test/web:2');
    await writeFile(join(samples.folder, 'fairlead.yaml'), config);
    await writeFile(
      worker,
      `${config}remediation: { auto_remediate: true, verify_for: 1s, actions: { restart_pod: {} } }
monitoring_systems: { cdevents: { url: '${bus.url}' } }
notification: { slack: { webhook_url: 'https://hooks.slack.com${new URL(slack.webhookUrl).pathname}', api_url: '${slack.url}' } }
roles:
  ops: { channels: [slack], events: [failure] }
  dev: { channels: [slack], events: [failure] }
`,
    );
    const { fairlead } = stage.cluster.kubeconfigs;
    await stage.startWorker(['--kubeconfig', fairlead, '--config', worker]);

    const answers = await samples.run(process.execPath, 'module.mjs', stage.temporalEnv);

    expectDone(answers);
    const { events, messages } = answers;
    expect(events).toMatchObject([{ destination: 'cdevents', state: 'accepted' }]);
    expect(messages.map(({ destination, state }) => [destination, state]).toSorted()).toEqual([
      ['log', 'accepted'],
      ['slack', 'delivered'],
    ]);
    expect(slack.messages).toHaveLength(1);
  });
});
