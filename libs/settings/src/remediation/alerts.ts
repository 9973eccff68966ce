import { DEFAULTS } from '@fairlead/config';
import type { IssueKind } from '@fairlead/contracts';
import type { ConfigValues } from '../config-values.ts';

/** How alerts are taken, and what they are taken for. */
export interface AlertSettings {
  readonly host: string;
  readonly port: number;
  /** What senders must show. */
  readonly token: string;
  /** The first that matches an alert decides. */
  readonly rules: readonly AlertRule[];
  readonly places: readonly AlertPlace[];
  /** Of alerts that name none. */
  readonly application?: string | undefined;
}

export interface AlertRule {
  readonly match: Readonly<Record<string, string>>;
  readonly issue: IssueKind;
  /** The first that an alert has names the Kubernetes Deployment. */
  readonly workloadLabels: readonly string[];
  readonly podLabel: string;
  readonly namespaceLabel: string;
  /** Before what the labels say. */
  readonly environment?: string | undefined;
  readonly environmentLabel: string;
  readonly applicationLabel: string;
}

/** An environment as alerts name it. */
export interface AlertPlace {
  readonly environment: string;
  readonly cluster: string;
  readonly namespace: string;
  /** Kubernetes Deployments of the components. */
  readonly workloads: readonly string[];
}

const LABELS = {
  workloadLabels: ['deployment', 'workload'],
  podLabel: 'pod',
  namespaceLabel: 'namespace',
  environmentLabel: 'environment',
  applicationLabel: 'application',
} as const;

/**
 * Alerts of kube-prometheus that say of a Kubernetes Deployment or its pod what an issue says: https://runbooks.prometheus-operator.dev.
 * CPUThrottlingHigh is not among them: it comes of workloads that are well, and would add replicas to them.
 */
const BUILT_IN: readonly (readonly [string, IssueKind])[] = [
  ['KubePodCrashLooping', 'pod_crash'],
  ['KubePodNotReady', 'pod_pending'],
  ['KubePodPending', 'pod_pending'],
  ['KubeDeploymentRolloutStuck', 'deployment_stuck'],
  ['KubeDeploymentReplicasMismatch', 'deployment_unavailable'],
];

/** Undefined where the configuration takes no alerts. */
export function alertSettings({
  application,
  components = [],
  environments = {},
  remediation,
}: Pick<ConfigValues, 'application' | 'components' | 'environments' | 'remediation'>):
  AlertSettings | undefined {
  const { receiver } = remediation ?? {};
  if (receiver === undefined) return undefined;
  const workloads = components.map(({ name, deployment }) => deployment ?? name);
  const builtIn = receiver.built_in_rules ? BUILT_IN : [];
  return {
    ...addressOf(receiver.listen),
    token: receiver.bearer_token.reveal(),
    rules: [
      ...(receiver.rules ?? []).map(ruleOf),
      ...builtIn.map(([alertname, issue]) => ({ match: { alertname }, issue, ...LABELS })),
    ],
    places: Object.entries(environments).map(([environment, settings]) => ({
      environment,
      cluster: settings.cluster ?? DEFAULTS.cluster,
      namespace: settings.namespace ?? environment,
      workloads,
    })),
    application,
  };
}

type GivenRule = NonNullable<
  NonNullable<NonNullable<ConfigValues['remediation']>['receiver']>['rules']
>[number];

function ruleOf(rule: GivenRule): AlertRule {
  const { match, issue, workload_label: workload, environment } = rule;
  return {
    ...{ match, issue, environment },
    workloadLabels: workload === undefined ? LABELS.workloadLabels : [workload],
    podLabel: rule.pod_label,
    namespaceLabel: rule.namespace_label,
    environmentLabel: rule.environment_label,
    applicationLabel: rule.application_label,
  };
}

/** The schema has checked it already; an IPv6 address stands in brackets. */
function addressOf(listen: string): { host: string; port: number } {
  const colon = listen.lastIndexOf(':');
  return {
    host: listen.slice(0, colon).replace(/^\[|\]$/g, ''),
    port: Number(listen.slice(colon + 1)),
  };
}
