import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startMockDatadog } from '../../../../testing/src/vendors/datadog.ts';
import type { MockDatadog } from '../../../../testing/src/vendors/datadog.ts';
import { createDatadogClient } from '../client.ts';
import { fourAlerts } from '../fixtures.ts';
import { createDatadogProvisioner } from './provisioner.ts';

let vendor: MockDatadog;

beforeEach(async () => {
  vendor = await startMockDatadog();
});

afterEach(() => vendor.stop());

/** What became of the four monitors, where these handles are configured. */
async function apply(notify: readonly string[], force = false) {
  const { apiKey, appKey, url } = vendor;
  const client = createDatadogClient({
    ...{ apiKey, appKey, apiUrl: url },
    ...{ site: 'datadoghq.eu', dora: false },
  });
  const content = { dashboards: [], alerts: fourAlerts() };
  const provisioner = createDatadogProvisioner(client, content, { notify });
  const choices = { force, removeDuplicates: false };
  const changes = await provisioner.apply(choices, AbortSignal.timeout(30_000));
  return changes.map(({ action }) => action);
}

function messages(): string[] {
  return vendor.monitors.all.map(({ message }) => String(message));
}

/** As a person does it in Datadog's own pages. */
function addHandle(handle: string): void {
  const { id, created: _c, ...body } = vendor.monitors.all[0]!;
  vendor.monitors.replace(String(id), { ...body, message: `${String(body['message'])} ${handle}` });
}

describe('handles', () => {
  it('stand in every monitor, and a second time nothing changes', async () => {
    await apply(['@slack-ops', '@pagerduty-shop']);

    expect(messages()).toEqual(
      Array(4).fill(expect.stringContaining('\n@slack-ops @pagerduty-shop\n')),
    );
    expect(await apply(['@slack-ops', '@pagerduty-shop'])).toEqual(Array(4).fill('unchanged'));
  });

  it('follow the configuration, to none as well', async () => {
    await apply([]);

    expect(await apply(['@slack-ops'])).toEqual(Array(4).fill('update'));
    expect(await apply([])).toEqual(Array(4).fill('update'));
    expect(messages().join('')).not.toContain('@');
  });

  it.each([
    ['as before', ['@slack-ops'], ['@slack-ops']],
    ['none', [], []],
    ['the same one from then on', [], ['@slack-mine']],
  ])(
    'that a person added are an edit and stay, where these are configured: %s',
    async (_, first, then) => {
      await apply(first);
      addHandle('@slack-mine');

      expect((await apply(then))[0]).toBe('edited');
      expect(messages()[0]).toContain('@slack-mine');
    },
  );

  it('that a person added give way to force', async () => {
    await apply(['@slack-ops']);
    addHandle('@slack-mine');

    await apply(['@slack-ops'], true);

    expect(messages().join('')).not.toContain('@slack-mine');
  });
});
