import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { targetWorkflowId } from '@fairlead/contracts';
import type { IssueKind, IssueView } from '@fairlead/contracts';
import { ledgerQuery } from '@fairlead/contracts/messages';
import type { AuditEntry } from '@fairlead/testing/servers';
import { waitFor } from '@fairlead/testing/servers';
import type { Finding } from './detection/findings.ts';
import { watchIssues } from './detection/watch-issues.ts';
import { interleavedWrites, writesOf } from './testing/interleaved-writes.ts';
import { interleavings } from './testing/interleavings.ts';
import type { Interleaving } from './testing/interleavings.ts';
import { SICK_TARGETS } from './testing/sick-targets.ts';
import type { SickTarget } from './testing/sick-targets.ts';
import { startRemediationStage, WRITERS } from './testing/workflow-stage.ts';
import type { WorkflowStage } from './testing/workflow-stage.ts';

/** "200 random interleavings (seeded)": the same at every run; `npm run soak` makes them all. */
const INTERLEAVINGS = Number(process.env['FAIRLEAD_SOAK_INTERLEAVINGS'] ?? 6);
const AT_ONCE = 20;
const SEED = 20_260_102;
const DEADLINE_MS = 90_000;

let stage: WorkflowStage;
/** By namespace: how long an action is held back. */
const heldMs = new Map<string, number>();
/** By kind: the namespace, once it is sick; all at once, as it takes seconds. */
const sickened = new Map<IssueKind, Promise<string>>();
/** Namespaces in which an action was begun. */
const begun = new Set<string>();

beforeAll(async () => {
  stage = await startRemediationStage(async ({ namespace }) => {
    begun.add(namespace);
    await delay(heldMs.get(namespace) ?? 0);
  });
  for (const sick of SICK_TARGETS) sickened.set(sick.kind, sicken(sick));
  void Promise.allSettled(sickened.values());
});

afterAll(() => stage.stop());

async function sicken({ befall }: SickTarget): Promise<string> {
  const namespace = await stage.createNamespace();
  await befall({ plane: stage.plane, namespace });
  return namespace;
}

/** What the watcher tells of first. */
function firstFinding(namespace: string, aheadMs: number): Promise<Finding> {
  return new Promise((resolve) => {
    const watch = watchIssues({
      cluster: stage.plane.cluster,
      workloads: [{ namespace, workload: 'api' }],
      now: () => Date.now() + aheadMs,
      report(_at, finding) {
        // It may tell at once, before the watch is there.
        setImmediate(() => {
          watch.close();
        });
        resolve(finding);
        return Promise.resolve('taken');
      },
    });
  });
}

function issuesOf(namespace: string): Promise<readonly IssueView[]> {
  const target = stage.harness.client.workflow.getHandle(targetWorkflowId('staging', namespace));
  return target.query(ledgerQuery).then(
    ({ issues = [] }) => issues,
    () => [],
  );
}

async function interleave({ way, afterMs, heldMs: held }: Interleaving) {
  const namespace = await stage.createNamespace();
  heldMs.set(namespace, held);
  // Its pods crash whatever is done, until an image comes that is good.
  const image = 'registry.test/api:crashloop-1';
  await stage.plane.fixtures.createWorkload({ namespace, name: 'api', image, replicas: 2 });
  const deploy = () => stage.deploy(namespace, 'registry.test/api:2');
  const report = () => stage.report(namespace, { kind: 'pod_crash' });
  const [first, second] = way === 'deployment first' ? [deploy, report] : [report, deploy];
  const firstAnswer = first();
  if (way === 'while an action is on') {
    const what = `an action in ${namespace}`;
    await waitFor(() => begun.has(namespace), { deadlineMs: DEADLINE_MS, what });
  }
  await delay(afterMs);
  return { namespace, answers: await Promise.all([firstAnswer, second()]) };
}

/** All that both have asked of the API server. One reading: the log is long. */
async function entriesByNamespace(): Promise<ReadonlyMap<string, readonly AuditEntry[]>> {
  const { server } = stage.plane;
  const entries = [
    ...(await server.auditEntries({ user: WRITERS.deploying })),
    ...(await server.auditEntries({ user: WRITERS.mending })),
  ];
  return Map.groupBy(entries, ({ objectRef }) => objectRef?.namespace ?? '');
}

describe('"Deployment and remediation requested at once"', () => {
  it(`"never both alive (I3), by the API server's audit log", and every deployment comes through`, async () => {
    const ended: Awaited<ReturnType<typeof interleave>>[] = [];
    const all = interleavings(INTERLEAVINGS, SEED);
    for (let from = 0; from < all.length; from += AT_ONCE) {
      const some = all.slice(from, from + AT_ONCE);
      ended.push(...(await Promise.all(some.map(interleave))));
    }

    const logged = await entriesByNamespace();
    const entries = ended.map(({ namespace }) => logged.get(namespace) ?? []);
    const deployed = entries.map((some) => writesOf(some, WRITERS.deploying).length);
    const mended = entries.map((some) => writesOf(some, WRITERS.mending).length);
    process.stdout.write(
      `${ended.length} interleavings: ${sum(deployed)} writes of deployments, ${sum(mended)} of ` +
        `remediation at ${mended.filter((writes) => writes > 0).length} targets\n`,
    );
    expect(entries.flatMap((some) => interleavedWrites(some, WRITERS))).toEqual([]);
    const answers = ended.flatMap((one) => one.answers);
    expect(answers.filter((answer) => answer === 'succeeded')).toHaveLength(ended.length);
    // Both ways were really taken, and both sides wrote.
    expect(new Set(answers)).toEqual(new Set(['refused', 'succeeded', 'taken']));
    expect(Math.min(...deployed)).toBeGreaterThan(2);
    expect(sum(mended)).toBeGreaterThan(0);
  });
});

describe('"Each issue × its action end to end on real objects"', () => {
  it.each(SICK_TARGETS)(
    '$kind is seen, and healed by $action',
    async ({ kind, action, ...sick }) => {
      const namespace = (await sickened.get(kind)) ?? '';

      await stage.report(namespace, await firstFinding(namespace, sick.aheadMs));
      await sick.relieve?.({ plane: stage.plane, namespace });
      let issues: readonly IssueView[] = [];
      await waitFor(
        async () => {
          issues = await issuesOf(namespace);
          return issues.some(({ state }) => state === 'healed' || state === 'given-up');
        },
        { deadlineMs: DEADLINE_MS, what: () => `an end; there is ${JSON.stringify(issues)}` },
      );

      expect(issues).toMatchObject([
        {
          ...{ key: `${kind}/api`, state: 'healed', source: 'watcher' },
          attempts: [
            { action, result: 'helped', before: { healthy: false }, after: { healthy: true } },
          ],
        },
      ]);
      const found = await stage.plane.cluster.workload({ namespace, name: 'api' });
      expect(found).toMatchObject(sick.mended);
    },
  );
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
