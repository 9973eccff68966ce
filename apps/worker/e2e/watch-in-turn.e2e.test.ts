import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CONTROL_QUEUE, WORKFLOW_TYPES } from '@fairlead/contracts';
import type { Check, DoctorInput, DoctorReport } from '@fairlead/contracts';
import { startClusterStage } from '@fairlead/testing/e2e';
import type { ClusterStage, SeededTarget, SpawnedWorker } from '@fairlead/testing/e2e';
import { waitFor } from '@fairlead/testing/servers';

const LEASE = 'fairlead-watch-default';

let stage: ClusterStage;
let target: SeededTarget;
/** Where the workers have their Lease. */
let ours: string;

beforeAll(async () => {
  stage = await startClusterStage();
  target = await stage.seedTarget({ replicas: 1 });
  ours = await stage.fixtures.createNamespace();
  await stage.fixtures.grantLeases(ours);
});

afterAll(() => stage.stop());

const until = (condition: () => unknown, what: string) =>
  waitFor(condition, { deadlineMs: 90_000, what });

async function writeFiles(): Promise<readonly string[]> {
  const [kubeconfig, config] = ['kubeconfig', 'fairlead.yaml'].map((file) =>
    join(stage.directory, file),
  ) as [string, string];
  const text = await readFile(stage.cluster.kubeconfigs.fairlead, 'utf8');
  const { contexts, ...rest } = JSON.parse(text) as { contexts: { context: object }[] };
  const placed = contexts.map((one) => ({ ...one, context: { ...one.context, namespace: ours } }));
  await writeFile(kubeconfig, JSON.stringify({ ...rest, contexts: placed }));
  await writeFile(
    config,
    `application: ${target.application}
components: [{ name: api, image: registry.test/api:1 }]
environments: { staging: { namespace: ${target.namespace} } }
remediation: { auto_remediate: false, actions: { restart_pod: {} } }
`,
  );
  return ['--kubeconfig', kubeconfig, '--config', config];
}

function linesOf(worker: SpawnedWorker, message: string): Record<string, unknown>[] {
  return worker
    .stderr()
    .split('\n')
    .filter((line) => line.includes(`"message":"${message}"`))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

interface LeaseObject {
  readonly spec: { readonly holderIdentity?: string; readonly leaseTransitions: number };
}

async function leaseSpec(): Promise<LeaseObject['spec']> {
  return (await stage.fixtures.get<LeaseObject>('leases', ours, LEASE)).spec;
}

async function issues() {
  const { issues: all = [] } = await stage.ledger('staging', target.application);
  return all;
}

async function doctorOfCluster(): Promise<readonly Check[]> {
  const place = { cluster: 'default', namespaces: [] };
  const { checks } = await stage.client.workflow.execute<
    (input: DoctorInput) => Promise<DoctorReport>
  >(WORKFLOW_TYPES.doctor, {
    ...{ workflowId: 'doctor/lease', taskQueue: CONTROL_QUEUE },
    args: [{ places: [place] }],
  });
  return checks.filter(({ name }) => name.startsWith('cluster '));
}

describe('two workers of one cluster', () => {
  it('report an issue once, and when the one that did ends, the other watches', async () => {
    const args = await writeFiles();
    const leader = await stage.startWorker(args);
    await until(() => linesOf(leader, 'watches for issues').length, 'the first to watch');
    const next = await stage.startWorker(args);
    await until(() => linesOf(next, 'another worker watches for issues').length, 'the second');
    const { holderIdentity: holder } = await leaseSpec();
    expect(holder).toContain(`/both:default/${leader.child.pid}_`);
    expect(linesOf(next, 'another worker watches for issues')).toEqual([
      expect.objectContaining({ lease: `${ours}/${LEASE}`, holder }),
    ]);
    expect(await doctorOfCluster()).toMatchObject([
      { name: `cluster default, Lease in ${ours}`, state: 'ok' },
    ]);

    const [pod] = await stage.fixtures.list<{ metadata: { name: string } }>(
      'pods',
      target.namespace,
    );
    await stage.fixtures.crashPod(target.namespace, pod?.metadata.name ?? '');
    await until(
      async () => (await issues().catch(() => [])).some(({ state }) => state === 'proposed'),
      'the proposal',
    );
    // It says so once the target has answered.
    await until(() => linesOf(leader, 'issue seen').length, 'the first to see it');
    expect(linesOf(leader, 'issue seen')).toHaveLength(1);
    expect(linesOf(next, 'watches for issues')).toEqual([]);
    expect(linesOf(next, 'issue seen')).toEqual([]);

    leader.child.kill('SIGTERM');
    expect(await leader.exited).toBe(0);
    await until(() => linesOf(next, 'issue seen').length, 'the second to see it');

    expect(await issues()).toMatchObject([{ key: 'pod_crash/api', state: 'proposed' }]);
    expect(await leaseSpec()).toMatchObject({
      holderIdentity: expect.stringContaining(`/${next.child.pid}_`),
      leaseTransitions: 1,
    });
    expect(linesOf(leader, 'issue seen')).toHaveLength(1);
  });
});
