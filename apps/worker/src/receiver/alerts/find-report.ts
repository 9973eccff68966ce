import type { IssueReport } from '@fairlead/contracts';
import type { AlertPlace, AlertRule, AlertSettings } from '@fairlead/settings';
import type { Alert, Alerts } from './parse-alerts.ts';
import { workloadOf } from './workload-of.ts';

/** What an alert comes to. `ignored`: resolved, or no rule is for it. */
export type Finding = IssueReport | { readonly refused: string } | 'ignored';

/** RFC 1123: a label, and a name of several with dots between. */
const LABEL = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const NAME = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const MAX_NAME = 253;

/** What is to be reported of an alert, by the first rule that matches it. */
export function findReport(
  { firing, labels, summary, since }: Alert,
  source: Alerts['source'],
  settings: AlertSettings,
): Finding {
  if (!firing) return 'ignored';
  const rule = settings.rules.find(({ match }) =>
    Object.entries(match).every(([name, value]) => labels.get(name) === value),
  );
  if (rule === undefined) return 'ignored';
  const place = placeOf(labels, rule, settings.places);
  if ('refused' in place) return place;
  const application = said(labels, rule.applicationLabel) ?? settings.application;
  if (application === undefined) {
    return {
      refused: `no label ${rule.applicationLabel} names the application, and the configuration has none`,
    };
  }
  if (!LABEL.test(application)) return { refused: 'its application is no name of one' };
  const subject = subjectOf(labels, rule, place);
  if ('refused' in subject) return subject;
  const { environment, cluster, namespace } = place;
  return {
    ...{ kind: rule.issue, environment, application, cluster, namespace },
    ...subject,
    ...{ source, actor: source },
    reason: reasonOf(labels, summary),
    ...(since === undefined ? {} : { since }),
  };
}

type Labels = Alert['labels'];

/** Only what is configured: a label never opens another namespace, nor begins another target’s record. */
function placeOf(
  labels: Labels,
  { environment: fixed, environmentLabel, namespaceLabel }: AlertRule,
  places: readonly AlertPlace[],
): AlertPlace | { readonly refused: string } {
  const environment = fixed ?? said(labels, environmentLabel);
  const namespace = said(labels, namespaceLabel);
  if (environment !== undefined) {
    const place = places.find((one) => one.environment === environment);
    if (place === undefined) return { refused: `environment ${environment} is not configured` };
    if (namespace === undefined || namespace === place.namespace) return place;
    return { refused: `namespace ${namespace} is not that of ${environment}: ${place.namespace}` };
  }
  if (namespace === undefined) {
    return { refused: `neither ${environmentLabel} nor ${namespaceLabel} says where it is` };
  }
  const [place, ...others] = places.filter((one) => one.namespace === namespace);
  if (place === undefined) return { refused: `namespace ${namespace} is not configured` };
  if (others.length === 0) return place;
  const all = [place, ...others].map((one) => one.environment).join(', ');
  return {
    refused: `namespace ${namespace} is that of ${all}: a label ${environmentLabel} must say which`,
  };
}

function subjectOf(
  labels: Labels,
  { workloadLabels, podLabel }: AlertRule,
  { workloads }: AlertPlace,
): { readonly workload?: string; readonly pod?: string } | { readonly refused: string } {
  const [named] = workloadLabels.flatMap((name) => said(labels, name) ?? []);
  const pod = said(labels, podLabel);
  if (named === undefined && pod === undefined) {
    return {
      refused: `neither ${workloadLabels.join(', ')} nor ${podLabel} says what it is about`,
    };
  }
  if ([named, pod].some((one) => one !== undefined && !isName(one))) {
    return { refused: 'what it is about has no name of Kubernetes’ form' };
  }
  const workload = named ?? (pod === undefined ? undefined : workloadOf(pod, workloads));
  return {
    ...(workload === undefined ? {} : { workload }),
    ...(pod === undefined ? {} : { pod }),
  };
}

function isName(value: string): boolean {
  return value.length <= MAX_NAME && NAME.test(value);
}

/** Prometheus takes a label that is empty for one that is not there. */
function said(labels: Labels, name: string): string | undefined {
  const value = labels.get(name);
  return value === '' ? undefined : value;
}

function reasonOf(labels: Labels, summary: string | undefined): string {
  const name = said(labels, 'alertname');
  return [name, summary].filter((one) => one !== undefined).join(': ');
}
