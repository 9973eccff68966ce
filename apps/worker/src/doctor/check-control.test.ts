import { expect, it } from '@jest/globals';
import { AdapterError } from '@fairlead/contracts';
import { checkControl } from './check-control.ts';

const WELL = { name: 'gateway', reach: () => Promise.resolve() };

it('tells which file is in force, and that a system answers', async () => {
  const settings = { files: ['fairlead.yaml'], warnings: [] };

  expect(await checkControl({ settings, systems: [WELL] })).toMatchObject([
    { name: 'worker’s configuration', state: 'ok', detail: 'fairlead.yaml is in force' },
    { name: 'gateway', state: 'ok' },
  ]);
});

it('tells of a newer file that is broken, of warnings, and of a system that refuses', async () => {
  const broken = { since: '2026-01-02T03:04:05Z', reason: 'unknown key' };
  const reach = () => Promise.reject(new AdapterError('vendor-rejected', 'answered 403'));

  const checks = await checkControl({
    settings: { files: [], warnings: ['no role uses sms'], broken },
    systems: [{ name: 'datadog', reach }],
  });

  expect(checks).toMatchObject([
    { state: 'fail', detail: expect.stringMatching(/since 2026-01-02.*: unknown key$/) },
    { state: 'warn', detail: 'no role uses sms' },
    { name: 'datadog', state: 'fail', detail: 'answered 403' },
  ]);
});
