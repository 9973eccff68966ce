import { describe, expect, it } from '@jest/globals';
import { remediationPolicyOf } from '@fairlead/testing/workflows';
import { createSettingsActivities } from './settings-activities.ts';

const NOBODY = { destinations: [], roles: [] };

describe('the policy of remediation', () => {
  const remediation = (environment: string) =>
    environment === 'staging' ? remediationPolicyOf() : undefined;

  it('comes with the systems that are given the target’s state', async () => {
    const progress = { systems: ['pushgateway'] };
    const activities = createSettingsActivities({
      settings: () => ({ ...NOBODY, remediation, progress }),
    });

    expect(await activities.remediationPolicy({ environment: 'staging' })).toEqual({
      ...remediationPolicyOf(),
      systems: ['pushgateway'],
    });
    expect(await activities.remediationPolicy({ environment: 'production' })).toBeNull();
  });

  it('names none where no system takes it', async () => {
    const activities = createSettingsActivities({
      settings: () => ({ ...NOBODY, remediation }),
    });

    expect(await activities.remediationPolicy({ environment: 'staging' })).toEqual(
      remediationPolicyOf(),
    );
  });
});
