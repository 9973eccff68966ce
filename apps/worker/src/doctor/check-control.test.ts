import { expect, it } from '@jest/globals';
import { AdapterError } from '@fairlead/contracts';
import { checkControl } from './check-control.ts';

type Looked = Parameters<typeof checkControl>[0];

function control(over: Partial<Looked> = {}) {
  const settings = { files: ['fairlead.yaml'], warnings: [] };
  return checkControl({ settings, systems: [], channels: [], destinations: [], ...over });
}

it('tells which file is in force, that a system answers, and what a channel found', async () => {
  const { checks } = await control({
    systems: [{ name: 'gateway', reach: () => Promise.resolve() }],
    channels: [{ name: 'sms', check: () => Promise.resolve({ state: 'warn', detail: 'a trial' }) }],
  });

  expect(checks).toMatchObject([
    { name: 'worker’s configuration', state: 'ok', detail: 'fairlead.yaml is in force' },
    { name: 'gateway', state: 'ok' },
    { name: 'channel sms', state: 'warn', detail: 'a trial' },
  ]);
});

it('tells of a newer file that is broken, and of warnings', async () => {
  const broken = { since: '2026-01-02T03:04:05Z', reason: 'unknown key' };

  const { checks } = await control({
    settings: { files: [], warnings: ['no role uses sms'], broken },
  });

  expect(checks).toMatchObject([
    { state: 'fail', detail: expect.stringMatching(/since 2026-01-02.*: unknown key$/) },
    { state: 'warn', detail: 'no role uses sms' },
  ]);
});

it.each([
  ['vendor-rejected', /^mend notification\.slack in the worker/, { fault: 'configuration' }],
  ['vendor-unreachable', /machine reaches it.*notification\.slack$/, {}],
] as const)('says what went wrong and what to do: %s', async (type, mend, fault) => {
  const check = () => Promise.reject(new AdapterError(type, 'it says why'));

  const { checks } = await control({ channels: [{ name: 'slack:releases', check }] });

  expect(checks[1]).toEqual({
    name: 'channel slack:releases',
    state: 'fail',
    detail: 'it says why',
    mend: expect.stringMatching(mend),
    ...fault,
  });
});

it('tells nothing of the text of a defect', async () => {
  const reach = () => Promise.reject(new TypeError('no header "Bearer s3cret"'));

  const { checks } = await control({ systems: [{ name: 'datadog', reach }] });

  expect(checks[1]).toMatchObject({ state: 'fail', detail: 'unexpected TypeError' });
});

it('names the queues on which deliveries wait, each once', async () => {
  const { deliveryQueues } = await control({
    destinations: [
      { name: 'sms:0199', queue: 'sms', road: 'paced' },
      { name: 'sms:0200', queue: 'sms', road: 'paced' },
      { name: 'log', road: 'keyed' },
    ],
  });

  expect(deliveryQueues).toEqual(['deliver-sms']);
});
