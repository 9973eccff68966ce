/** Whether one part works, as `fairlead doctor` tells it. */
export interface Check {
  /** As `temporal`, `cluster default`, `datadog`, `channel slack`. */
  readonly name: string;
  /** `skipped`: it cannot be looked at without doing it. */
  readonly state: 'ok' | 'warn' | 'fail' | 'skipped';
  /** What was found. */
  readonly detail: string;
  /** What to do, unless all is well. */
  readonly mend?: string;
  /** Of `fail`: something is written down wrongly. Absent: something is away, or does not do what it is there for. */
  readonly fault?: 'configuration';
}

/** A cluster and where in it something is deployed. */
export interface ClusterPlace {
  readonly cluster: string;
  readonly namespaces: readonly string[];
}

/** Input of the workflow `doctor`: what only workers can look at, since they have the credentials. */
export interface DoctorInput {
  readonly places: readonly ClusterPlace[];
}

/** Answer of the workflow `doctor`. Names and findings, never a secret. */
export interface DoctorReport {
  readonly checks: readonly Check[];
  /** Task queues of the paced channels in force: whether anybody serves them, whoever asks can see. */
  readonly deliveryQueues: readonly string[];
}

export interface DoctorActivities {
  /** The worker's configuration, its channels and its monitoring systems. Nothing is sent to people. */
  checkControl(): Promise<DoctorReport>;
}

/** On the queue of each cluster. */
export interface ClusterDoctorActivities {
  /** Whether the cluster answers, and whether a deployment's verbs are allowed in these namespaces. */
  checkCluster(request: ClusterPlace): Promise<readonly Check[]>;
}
