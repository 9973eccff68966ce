import { describe, expect, it } from '@jest/globals';
import { loadFullConfig } from '@fairlead/config';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { remediationPolicy } from './policy.ts';

function policyOf(text: string, environment = 'staging') {
  const cwd = mkdtempSync(join(tmpdir(), 'fairlead-policy-'));
  try {
    const file = join(cwd, 'fairlead.yaml');
    writeFileSync(file, text);
    return remediationPolicy(loadFullConfig({ files: [file], env: {}, cwd }).values)(environment);
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

const PLACES = 'environments:\n  staging: { namespace: shop-staging }\n  production: {}\n';
const SAMPLE = `${PLACES}remediation:
  enabled: true
  auto_remediate: true
  max_attempts: 3
  cooldown_period: 300
  actions:
    restart_pod: { enabled: true }
    scale_deployment: { enabled: true }
    restart_deployment: { enabled: true }
`;

describe('the policy of an environment', () => {
  it('is what the sample says, with the defaults beside it', () => {
    expect(policyOf(SAMPLE)).toEqual({
      ...{ enabled: true, autoRemediate: true, maxAttempts: 3, cooldownMs: 300_000 },
      ...{ verifyForMs: 60_000, resetAfterMs: 3_600_000, approvalTimeoutMs: 14_400_000 },
      ladders: {
        pod_crash: ['restart_pod', 'restart_deployment', 'scale_deployment'],
        pod_pending: ['restart_pod', 'restart_deployment', 'scale_deployment'],
        deployment_stuck: ['restart_deployment', 'scale_deployment'],
        deployment_unavailable: ['restart_deployment', 'scale_deployment'],
        resource_constraint: ['scale_deployment'],
      },
      scale: { step: 1, maxReplicas: 10 },
      namespaces: ['shop-staging'],
      limits: { targetsAtOnce: 5, actionsPerHour: 20 },
    });
  });

  it('has the environment’s name for a namespace that is not given', () => {
    expect(policyOf(SAMPLE, 'production')?.namespaces).toEqual(['production']);
  });

  it('leaves out what is not listed or switched off', () => {
    const policy = policyOf(
      `${PLACES}remediation:\n  actions: { restart_pod: {}, restart_deployment: { enabled: false } }\n`,
    );

    expect(policy?.ladders).toMatchObject({ pod_crash: ['restart_pod'], deployment_stuck: [] });
  });

  it('takes people’s own ladders, step, ceiling and limits', () => {
    const policy = policyOf(
      `${SAMPLE}  ladders: { pod_crash: [restart_deployment, restart_pod] }
  limits: { targets_at_once: 2, actions_per_hour: 7 }
`.replace('scale_deployment: { enabled: true }', 'scale_deployment: { step: 2, max_replicas: 40 }'),
    );

    expect(policy).toMatchObject({
      ladders: { pod_crash: ['restart_deployment', 'restart_pod'] },
      scale: { step: 2, maxReplicas: 40 },
      limits: { targetsAtOnce: 2, actionsPerHour: 7 },
    });
  });

  it('is none where nothing is said of remediation, or of the environment', () => {
    expect(policyOf(PLACES)).toBeUndefined();
    expect(policyOf(SAMPLE, 'elsewhere')).toBeUndefined();
  });
});
