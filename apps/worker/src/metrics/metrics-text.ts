import { seriesOf } from '@fairlead/monitoring/prometheus';
import type { FairleadMetrics } from '@fairlead/monitoring/prometheus';
import type { TargetStates } from './target-states.ts';

/** The SDK's own endpoint is on this machine and answers at once. */
const SDK_TIMEOUT_MS = 2_000;

export interface MetricsSource {
  readonly targets: TargetStates;
  readonly own: FairleadMetrics;
  /** `host:port` of the SDK's own endpoint. */
  readonly sdkAddress: string | undefined;
}

/** What `/metrics` says: the targets, as every worker has them, and then this process's own figures. */
export async function metricsText({ targets, own, sdkAddress }: MetricsSource): Promise<string> {
  own.showQueues(targets.ledgers);
  if (targets.readAt !== undefined) own.showRead(targets.readAt);
  const parts = await Promise.all([
    seriesOf(targets.states),
    own.text(),
    sdkAddress === undefined ? '' : sdkMetrics(sdkAddress),
  ]);
  return parts.filter((part) => part !== '').join('\n');
}

async function sdkMetrics(address: string): Promise<string> {
  try {
    const answer = await fetch(`http://${address}/metrics`, {
      signal: AbortSignal.timeout(SDK_TIMEOUT_MS),
    });
    return await answer.text();
  } catch {
    return '';
  }
}
