import { describe, expect, it } from '@jest/globals';
import { loadTemporalSettings } from './settings.ts';

/** No file of this machine's user counts in a test. */
const alone = { TEMPORAL_CONFIG_FILE: '/nowhere/temporal.toml' };

describe('loadTemporalSettings', () => {
  it('is the SDK’s default when nothing is set', () => {
    expect(loadTemporalSettings(alone)).toEqual({
      address: 'localhost:7233',
      namespace: 'default',
      connectionOptions: { address: 'localhost:7233' },
    });
  });

  it('takes address, namespace and key from the environment', () => {
    const settings = loadTemporalSettings({
      ...alone,
      TEMPORAL_ADDRESS: 'temporal.example.com:7233',
      TEMPORAL_NAMESPACE: 'releases',
      TEMPORAL_API_KEY: 'k3y',
    });

    expect(settings).toMatchObject({
      address: 'temporal.example.com:7233',
      namespace: 'releases',
      connectionOptions: { apiKey: 'k3y', tls: true },
    });
  });

  it.each(['http://localhost', 'https://host:7233', 'host:', 'host:7233/x', ':7233', 'a b'])(
    'refuses the address %j, and says the form',
    (address) => {
      expect(() => loadTemporalSettings({ ...alone, TEMPORAL_ADDRESS: address })).toThrow(
        expect.objectContaining({
          type: 'config-invalid',
          message: expect.stringMatching(/^TEMPORAL_ADDRESS .* expected host:port/),
        }),
      );
    },
  );

  it.each(['localhost', '10.0.0.1:7233', '[::1]:7233'])('takes the address %s', (address) => {
    expect(loadTemporalSettings({ ...alone, TEMPORAL_ADDRESS: address }).address).toBe(address);
  });

  it('is config-invalid and names the variables when the profile is unknown', () => {
    expect(() => loadTemporalSettings({ ...alone, TEMPORAL_PROFILE: 'nope' })).toThrow(
      expect.objectContaining({
        type: 'config-invalid',
        message: expect.stringContaining('TEMPORAL_PROFILE'),
      }),
    );
  });
});
