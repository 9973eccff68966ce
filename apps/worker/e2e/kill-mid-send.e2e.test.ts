import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSimulatedCluster } from '@fairlead/cluster/simulated';
import { lonelyDeliveryWorkflowId } from '@fairlead/contracts';
import type { Receipt } from '@fairlead/contracts';
import {
  configText,
  goodBlocks,
  OLD_IMAGE,
  startChannelVendors,
  startStage,
} from '@fairlead/testing/e2e';
import type { ChannelVendors, Stage } from '@fairlead/testing/e2e';
import { waitFor } from '@fairlead/testing/servers';
import { requestOf } from '@fairlead/testing/workflows';

const DEADLINE_MS = 120_000;

let vendors: ChannelVendors;
let stage: Stage;

beforeAll(async () => {
  vendors = await startChannelVendors();
  stage = await startStage((directory) => ['--role', 'cluster', '--sandbox', directory]);
  const workloads = [{ namespace: 'shop', name: 'api', image: OLD_IMAGE }];
  const stateFile = join(stage.directory, 'cluster.json');
  createSimulatedCluster({ stateFile, seed: { workloads } }).close();
  await stage.startWorker();
});

afterAll(async () => {
  await stage.stop();
  await vendors.stop();
});

describe('a worker that dies while it sends', () => {
  it('has its message sent again under the same key, but an SMS never: it is unknown', async () => {
    const { slack, twilio } = vendors;
    const file = join(stage.directory, 'fairlead.json');
    await writeFile(file, configText(goodBlocks(vendors)));
    const control = ['--role', 'control', '--config', file];
    const worker = await stage.startWorker(control);
    slack.misbehave('hang');
    twilio.misbehave('hang');

    await stage.request(
      requestOf('killed', {
        ...{ application: 'shop', namespace: 'shop', type: 'canary' },
        components: [
          {
            ...{ name: 'api', workload: 'api', image: 'registry.test/api:crashloop-2' },
            ...{ containers: ['api'], after: [] },
          },
        ],
      }),
    );
    await waitFor(() => slack.received.length > 0 && twilio.received.length > 0, {
      deadlineMs: DEADLINE_MS,
      what: 'both vendors to be asked',
    });
    worker.child.kill('SIGKILL');
    await worker.exited;
    await stage.startWorker(control);
    await stage.result('killed');

    const [first] = slack.received;
    // With its quotes: the key of another destination may begin with it.
    const key = /"killed\/[a-z-]+\/slack[a-z:-]*"/.exec(first?.body ?? '')?.[0] ?? 'no key';
    const repeats = () => slack.received.filter(({ body }) => body.includes(key));
    await waitFor(() => repeats().length > 1, {
      deadlineMs: DEADLINE_MS,
      what: `Slack to be asked again for ${key}`,
    });
    const { deliveries } = await stage.record('killed');
    // Of two numbers either may have been first.
    const hung = new URLSearchParams(twilio.received[0]?.body).get('To')?.slice(-4) ?? 'none';
    const sms = deliveries.find(({ destination }) => destination === `sms:${hung}`);
    const lonely = stage.client.workflow.getHandle(lonelyDeliveryWorkflowId(sms?.key ?? 'none'));
    const [unknown] = (await lonely.result()) as Receipt[];

    expect(unknown).toMatchObject({
      state: 'unknown',
      detail: expect.stringMatching(/not sent again/),
    });
    const bodies = twilio.received.map(({ body }) => body);
    expect(bodies.filter((body) => body === bodies[0])).toHaveLength(1);
    expect(slack.messages.filter((message) => JSON.stringify(message).includes(key))).toHaveLength(
      1,
    );
  });
});
