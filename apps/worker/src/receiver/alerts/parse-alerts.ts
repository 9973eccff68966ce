import { cleanText } from '@fairlead/domain/text';
import type { IssueSource } from '@fairlead/contracts';
import { parseJson } from '../answer.ts';

/** More in one body is no group of alerts any more. */
export const MAX_ALERTS = 200;

/** One alert, with everything unreadable out of its texts. */
export interface Alert {
  readonly firing: boolean;
  readonly labels: ReadonlyMap<string, string>;
  readonly summary?: string;
  /** RFC 3339: since when it fires without a break. */
  readonly since?: string;
}

export interface Alerts {
  readonly source: Extract<IssueSource, 'alertmanager' | 'grafana'>;
  readonly alerts: readonly Alert[];
}

/** `tooMany`: it fits, but for its number of alerts. */
export type ParsedAlerts = Alerts | { readonly invalid: string } | { readonly tooMany: string };

/** Longest label that is kept whole: far more than a Kubernetes name. */
const LABEL_LIMIT = 500;

/**
 * The body of a webhook. Never throws.
 * https://prometheus.io/docs/alerting/latest/configuration/#webhook_config and
 * https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/
 */
export function parseAlerts(text: string): ParsedAlerts {
  const body = parseJson(text);
  if (!isRecord(body)) return { invalid: 'the body is not a JSON object' };
  const source = sourceOf(body);
  if (source === undefined) {
    return {
      invalid: 'the body is neither Alertmanager’s webhook, version 4, nor Grafana’s',
    };
  }
  const { alerts: given } = body;
  if (!Array.isArray(given)) return { invalid: 'alerts is not a list' };
  if (given.length > MAX_ALERTS) {
    return {
      tooMany: `${given.length} alerts; at most ${MAX_ALERTS} are taken at once: set max_alerts of the webhook`,
    };
  }
  const alerts: Alert[] = [];
  for (const [index, one] of given.entries()) {
    const alert = alertOf(one);
    if (typeof alert === 'string') return { invalid: `alerts[${index}]${alert}` };
    alerts.push(alert);
  }
  return { source, alerts };
}

/** Grafana’s has the form of Alertmanager’s, another version, and its organisation. */
function sourceOf({ version, orgId }: Fields): Alerts['source'] | undefined {
  if (typeof orgId === 'number') return 'grafana';
  return version === '4' ? 'alertmanager' : undefined;
}

function alertOf(given: unknown): Alert | string {
  if (!isRecord(given)) return ' is not an object';
  const { status, labels: givenLabels, annotations, startsAt } = given;
  if (status !== 'firing' && status !== 'resolved') return '.status is neither firing nor resolved';
  if (!isRecord(givenLabels)) return '.labels is not an object';
  const labels = new Map<string, string>();
  for (const [name, value] of Object.entries(givenLabels)) {
    if (typeof value !== 'string') return '.labels holds what is no text';
    labels.set(name, cleanText(value, LABEL_LIMIT));
  }
  const summary = summaryOf(annotations);
  const since = timeOf(startsAt);
  return {
    ...{ firing: status === 'firing', labels },
    ...(summary === '' ? {} : { summary }),
    ...(since === undefined ? {} : { since }),
  };
}

/** Of what is no time nothing is said. */
function timeOf(given: unknown): string | undefined {
  const ms = typeof given === 'string' ? Date.parse(given) : NaN;
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

function summaryOf(annotations: unknown): string {
  if (!isRecord(annotations)) return '';
  const { summary, description, message } = annotations;
  const texts = [summary, description, message].map((one) =>
    typeof one === 'string' ? cleanText(one) : '',
  );
  return texts.find((one) => one !== '') ?? '';
}

type Fields = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
