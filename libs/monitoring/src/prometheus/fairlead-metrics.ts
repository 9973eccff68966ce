import { Counter, Gauge, Registry } from 'prom-client';
import type { LedgerView } from '@fairlead/contracts';

/** A worker's own figures on its `/metrics`; never pushed. Deliveries are counted by the Temporal SDK's registry. */
export interface FairleadMetrics {
  /** One attempt of an activity failed. `type` is a `FailureType`, or the class of an error that no adapter made. */
  countActivityFailure(failure: { readonly activity: string; readonly type: string }): void;
  /** An attempt of an activity began that is not its first. */
  countActivityRetry(retry: { readonly activity: string }): void;
  /** What became of alerts that were taken. */
  countAlerts(alerts: {
    readonly source: string;
    readonly result: string;
    readonly count: number;
  }): void;
  /** Who waits, as the ledgers show it now; targets that are not named are forgotten. */
  showQueues(ledgers: readonly QueueView[]): void;
  /** Whether the newest configuration could not be used, so that an older one is in force. */
  showRejected(rejected: boolean): void;
  /** When the targets were last read: a projection that does not move any more is seen by this. */
  showRead(at: Date): void;
  /** All of them in Prometheus' text format. */
  text(): Promise<string>;
}

type QueueView = Pick<LedgerView, 'environment' | 'application' | 'queue'>;

/** Of one process; a registry of their own holds them. */
export function createFairleadMetrics(): FairleadMetrics {
  const registry = new Registry();
  const registers = [registry];
  const failures = new Counter({
    name: 'fairlead_activity_failures_total',
    help: 'Attempts of activities that failed on this worker, by activity and type of failure.',
    labelNames: ['activity', 'type'],
    registers,
  });
  const retries = new Counter({
    name: 'fairlead_activity_retries_total',
    help: 'Attempts of activities that this worker began and that were not the first.',
    labelNames: ['activity'],
    registers,
  });
  const alerts = new Counter({
    name: 'fairlead_alerts_received_total',
    help: 'Alerts that this worker was sent, by who sent them and what became of them.',
    labelNames: ['source', 'result'],
    registers,
  });
  const queues = new Gauge({
    name: 'fairlead_queue_places',
    help: 'Deployments that wait for their turn at a target.',
    labelNames: ['environment', 'application'],
    registers,
  });

  const rejected = new Gauge({
    name: 'fairlead_settings_rejected',
    help: 'Whether the newest configuration could not be used, so that an older one is in force: 1 or 0.',
    registers,
  });

  const read = new Gauge({
    name: 'fairlead_targets_read_timestamp_seconds',
    help: 'When this worker last read the targets from Temporal.',
    registers,
  });

  return {
    countActivityFailure({ activity, type }) {
      failures.inc({ activity, type });
    },
    countActivityRetry({ activity }) {
      retries.inc({ activity });
    },
    countAlerts({ source, result, count }) {
      alerts.inc({ source, result }, count);
    },
    showQueues(ledgers) {
      queues.reset();
      for (const { environment, application, queue } of ledgers) {
        queues.set({ environment, application }, queue.length);
      }
    },
    showRejected(isRejected) {
      rejected.set(isRejected ? 1 : 0);
    },
    showRead(at) {
      read.set(at.getTime() / 1_000);
    },
    text: () => registry.metrics(),
  };
}
