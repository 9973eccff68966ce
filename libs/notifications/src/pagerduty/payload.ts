import type { Delivery } from '@fairlead/contracts';
import { cleanText } from '@fairlead/domain/text';
import type { Message } from '../message/message.ts';
import { toPlainText } from '../message/plain-text.ts';
import { dedupKey } from './dedup-key.ts';

/** Of Events API v2 and, by our own choice, of an incident's title; in characters. */
const SUMMARY = 1_024;
/** Of an ID or a name in the summary; the rest of it is for what happened. */
const NAME = 100;
/** Of an incident's text: PagerDuty names no limit, and nobody reads more. */
const DETAILS = 20_000;

export type Severity = 'critical' | 'warning' | 'info';

/** The body of an event, but for the routing key. */
export interface PagerdutyEvent {
  readonly event_action: 'trigger' | 'resolve';
  readonly dedup_key: string;
  readonly payload?: EventPayload;
  readonly client?: string;
  readonly client_url?: string;
  readonly links?: readonly { readonly href: string; readonly text: string }[];
}

interface EventPayload {
  readonly summary: string;
  readonly source: string;
  readonly severity: Severity;
  readonly timestamp?: string;
  readonly component?: string;
  readonly group?: string;
  readonly class?: string;
  readonly custom_details?: Readonly<Record<string, string>>;
}

/** All that a body is made of. */
export interface Alert {
  readonly action: 'trigger' | 'resolve';
  readonly severity: Severity;
  readonly delivery: Delivery;
  readonly message: Message;
}

export function toEvent(alert: Alert): PagerdutyEvent {
  const { action, severity, delivery, message } = alert;
  const { event, facts, key } = delivery;
  const { error, action: taken, link } = message;
  const details = [
    ...message.facts,
    ...(error === undefined ? [] : [{ label: 'Error', value: error }]),
    ...(taken === undefined ? [] : [{ label: 'Action', value: taken }]),
    ...(link === undefined ? [] : [{ label: 'Link', value: link }]),
    { label: 'Key', value: key },
  ];
  return {
    event_action: action,
    dedup_key: dedupKey(facts),
    payload: {
      summary: toSummary(alert),
      source: sourceOf(delivery),
      severity,
      timestamp: event.at,
      component: cleanText(facts.application),
      group: cleanText(facts.environment),
      class: event.kind,
      custom_details: Object.fromEntries(details.map(({ label, value }) => [label, value])),
    },
    // A resolve takes none of these.
    ...(action === 'trigger' && {
      client: 'Fairlead',
      ...(link !== undefined && { client_url: link, links: [{ href: link, text: 'Temporal' }] }),
    }),
  };
}

/** For a PagerDuty that refuses our form: what it cannot do without, and one line that says it all. */
export function toBareEvent(alert: Alert): PagerdutyEvent {
  const { action, severity, delivery, message } = alert;
  const bare = { event_action: action, dedup_key: dedupKey(delivery.facts) };
  if (action === 'resolve') return bare;
  const outcome = message.facts.find(({ label }) => label === 'Outcome')?.value;
  const parts = [headOf(alert), outcome, message.link].filter((part) => part !== undefined);
  const summary = cut(parts.join(', '), SUMMARY);
  return { ...bare, payload: { summary, source: sourceOf(delivery), severity } };
}

/** One line, title and ID first: a phone shows and reads out its beginning. */
export function toSummary(alert: Alert): string {
  return cut(`${headOf(alert)}: ${alert.message.summary}`, SUMMARY);
}

/** An incident's text and a note, for the REST API. Link and key stand after the cut. */
export function toDetails({ delivery, message }: Alert): string {
  const { link, ...rest } = message;
  return [
    cut(toPlainText(rest), DETAILS),
    ...(link === undefined ? [] : [`Link: ${link}`]),
    `Key: ${delivery.key}`,
  ].join('\n');
}

function headOf({ delivery, message }: Alert): string {
  const { application, deploymentId } = delivery.facts;
  return `${message.title}: ${cleanText(application, NAME)}, ${cleanText(deploymentId, NAME)}`;
}

function sourceOf({ facts }: Delivery): string {
  return cleanText(`${facts.cluster}/${facts.namespace}`);
}

/** By code points, and the cut is named. */
function cut(text: string, limit: number): string {
  const points = Array.from(text);
  const mark = '… (cut)';
  return points.length <= limit ? text : points.slice(0, limit - mark.length).join('') + mark;
}
