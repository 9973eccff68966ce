import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadFullConfig } from '@fairlead/config';
import { alertSettings } from './alerts.ts';

function settingsOf(receiver: string) {
  const cwd = mkdtempSync(join(tmpdir(), 'fairlead-alerts-'));
  try {
    const file = join(cwd, 'fairlead.yaml');
    writeFileSync(
      file,
      `application: shop
components:
  - { name: api, image: example.com/api:1 }
  - { name: web, image: example.com/web:1, deployment: shop-web }
environments:
  staging: { namespace: shop-staging }
  production: { cluster: eu }
remediation: { ${receiver} }
`,
    );
    return alertSettings(loadFullConfig({ files: [file], env: {}, cwd }).values);
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

describe('what alerts are taken for', () => {
  it('is nothing where no receiver is configured', () => {
    expect(settingsOf('auto_remediate: true')).toBeUndefined();
    expect(settingsOf('enabled: false, receiver: { bearer_token: x }')).toBeUndefined();
  });

  it('has the places of the configuration, and the usual alerts', () => {
    const settings = settingsOf('receiver: { bearer_token: s3cret }');

    expect(settings).toMatchObject({
      ...{ host: '127.0.0.1', port: 9095, token: 's3cret', application: 'shop' },
      places: [
        {
          ...{ environment: 'staging', cluster: 'default', namespace: 'shop-staging' },
          workloads: ['api', 'shop-web'],
        },
        { environment: 'production', cluster: 'eu', namespace: 'production' },
      ],
    });
    expect(settings?.rules.map(({ match, issue }) => [match['alertname'], issue])).toEqual([
      ['KubePodCrashLooping', 'pod_crash'],
      ['KubePodNotReady', 'pod_pending'],
      ['KubePodPending', 'pod_pending'],
      ['KubeDeploymentRolloutStuck', 'deployment_stuck'],
      ['KubeDeploymentReplicasMismatch', 'deployment_unavailable'],
    ]);
  });

  it('asks a person’s own rules first', () => {
    const rule = 'match: { alertname: KubePodCrashLooping }, issue: deployment_stuck';
    const receiver = `bearer_token: x, listen: "[::1]:0", rules: [{ ${rule}, workload_label: app }]`;

    const settings = settingsOf(`receiver: { ${receiver} }`);

    expect(settings).toMatchObject({ host: '::1', port: 0 });
    expect(settings?.rules[0]).toMatchObject({
      issue: 'deployment_stuck',
      workloadLabels: ['app'],
    });
    expect(settings?.rules[1]).toMatchObject({
      issue: 'pod_crash',
      workloadLabels: ['deployment', 'workload'],
    });
  });

  it('knows its own rules alone without the built-in ones', () => {
    const settings = settingsOf('receiver: { bearer_token: x, built_in_rules: false }');

    expect(settings?.rules).toEqual([]);
  });
});
