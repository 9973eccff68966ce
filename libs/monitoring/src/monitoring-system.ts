import type { Delivery, NotifiedKind, ReceiptState } from '@fairlead/contracts';
import type { Provisioner } from './provisioning/provisioner.ts';
import type { TargetState } from '@fairlead/contracts';

/** One monitoring system. What it cannot do is absent; what is there works. */
export interface MonitoringSystem {
  /** Names its destination, its receipts and its provisioning: `datadog`, `pushgateway`, `alertmanager`, `grafana`, `cdevents`. */
  readonly name: string;
  readonly events?: EventSink;
  readonly states?: StateSink;
  readonly gauges?: GaugeSink;
  readonly provisioner?: Provisioner;
  readonly metrics?: MetricSource;
  /**
   * Asks for something that costs nothing and needs the credentials.
   * @throws AdapterError when it is out of reach or refuses, with the mend
   */
  reach(signal: AbortSignal): Promise<void>;
}

/** Takes the events of deployments, one at a time, in order, over the outbox. */
export interface EventSink {
  readonly kinds: readonly NotifiedKind[];
  /**
   * A repeat under the same key changes nothing.
   * @throws AdapterError `vendor-unreachable` or `vendor-throttled` to be tried again, `vendor-rejected` when it never
   * will be taken
   */
  send(delivery: Delivery, signal: AbortSignal): Promise<EventAnswer>;
}

/** In a receipt's words. */
export interface EventAnswer {
  readonly state: ReceiptState;
  readonly detail?: string;
}

/** Takes the present state of one target, whole: totals and what runs. One writer, the target itself. */
export interface StateSink {
  publish(state: TargetState, signal: AbortSignal): Promise<void>;
  /** Takes back all series of a target that is gone. */
  forget(
    target: Pick<TargetState, 'environment' | 'application'>,
    signal: AbortSignal,
  ): Promise<void>;
}

/** Takes what runs now, each minute while anything runs. Any worker may send it: the same second says the same. */
export interface GaugeSink {
  send(states: readonly TargetState[], now: Date, signal: AbortSignal): Promise<void>;
}

/** Answers queries in its own language. */
export interface MetricSource {
  /** The latest value of each series within the window before `at`; none where there is no data. */
  query(request: MetricRequest, signal: AbortSignal): Promise<readonly Sample[]>;
}

export interface MetricRequest {
  readonly expression: string;
  readonly at: Date;
  /** Milliseconds. */
  readonly windowMs: number;
}

export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  /** May be NaN or infinite: the system said so. */
  readonly value: number;
  /** When it was measured. */
  readonly at: Date;
}
