import { startMockGrafana } from '@fairlead/testing/vendors';
import type { GrafanaContract, MockGrafana } from '@fairlead/testing/vendors';
import type { ProvisionChange } from '@fairlead/contracts';
import type { ProvisionOptions } from '../../provisioning/provisioner.ts';
import type { Content } from '../../content.ts';
import { someContent } from '../fixtures.ts';
import { createGrafana } from '../grafana.ts';
import type { GrafanaOptions } from '../options.ts';

/** What `someContent` comes to, in the order in which it is made. */
export const OURS = [
  ['folder', 'Fairlead'],
  ['dashboard', 'Deployment Metrics'],
  ['dashboard', 'Deployment Alerts'],
  ['alert', 'Deployment Failure'],
  ['alert', 'Long-Running Deployment'],
  ['alert', 'Failed Rollback'],
  ['alert', 'Canary Deployment Issue'],
] as const;
/** UID of the first rule. */
export const FAILURE = 'fairlead-deployment-failure';

export interface Bench {
  readonly vendor: MockGrafana;
  /** As a process of its own would make it. */
  apply(given?: Given): Promise<readonly ProvisionChange[]>;
  plan(given?: Given): Promise<readonly ProvisionChange[]>;
  remove(given?: Given): Promise<readonly ProvisionChange[]>;
  /** Requests that were not only looks. */
  writes(): number;
}

interface Given {
  readonly options?: Partial<GrafanaOptions>;
  readonly content?: Content;
  readonly choices?: Partial<ProvisionOptions>;
}

/** A Grafana of its own for each test, and what the tests do with it. */
export async function startBench(contract: GrafanaContract): Promise<Bench> {
  const vendor = await startMockGrafana(contract);
  const signal = () => AbortSignal.timeout(30_000);

  function provisioner({ options, content = someContent() }: Given) {
    const given = { url: vendor.url, apiKey: vendor.apiKey, alerts: true, ...options };
    const { provisioner: made } = createGrafana(given, { content });
    if (made === undefined) throw new Error('Grafana has no provisioner');
    return made;
  }

  function chosen({ choices }: Given): ProvisionOptions {
    return { force: false, removeDuplicates: false, ...choices };
  }

  return {
    vendor,
    apply: (given = {}) => provisioner(given).apply(chosen(given), signal()),
    plan: (given = {}) => provisioner(given).plan(chosen(given), signal()),
    remove: (given = {}) => provisioner(given).remove(signal()),
    writes: () => vendor.received.filter(({ method }) => method !== 'GET').length,
  };
}

export function all(action: ProvisionChange['action']): readonly ProvisionChange[] {
  return OURS.map(([thing, name]) => ({ thing, name, action }));
}

export function actions(changes: readonly ProvisionChange[]) {
  return changes.map(({ action }) => action);
}

export function named(
  changes: readonly ProvisionChange[],
  name: string,
): ProvisionChange | undefined {
  return changes.find((change) => change.name === name);
}
