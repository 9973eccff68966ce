import type { Delivery } from '@fairlead/contracts';
import { cleanText } from '@fairlead/domain/text';
import { ALERTS } from '../alerts/alerts.ts';
import { linksOf } from '../alerts/links.ts';
import { equal } from './matcher.ts';
import type { AlertmanagerOptions } from './options.ts';
import type { Matcher, PostableAlert, StandingAlert } from './wire.ts';

const MINUTE_MS = 60_000;
/**
 * How long each alert stands when nothing resolves it: the windows of the rules of the same name, which Prometheus
 * evaluates when it has scraped. It says that something failed just now, not that it is still broken.
 */
const WINDOW_MS = {
  'Deployment Failure': 5 * MINUTE_MS,
  'Failed Rollback': 15 * MINUTE_MS,
} as const;
type AlertName = keyof typeof WINDOW_MS;

/** An error and what happened, each; a page's screen. */
const TEXT_LENGTH = 1_000;

type Told = Pick<Delivery, 'event' | 'facts'>;
type Facts = Pick<Delivery['facts'], 'environment' | 'application'>;

/** What a failure says. The labels name the target alone, so that each has one alert of a name, however often it fails. */
export function toAlert(told: Told, options: AlertmanagerOptions, now: Date): PostableAlert {
  const { event, facts } = told;
  const { environment, application } = facts;
  const alertname = nameOf(told);
  const severity = severityOf(told, options);
  const link = options.linkTo?.(facts.deploymentId);
  const generatorURL = options.generatorUrl ?? link;
  // From when it is told, so that one that is late is told as well; a clock that is ahead must not end it at once.
  const endsMs = Math.max(now.getTime(), Date.parse(event.at)) + WINDOW_MS[alertname];
  return {
    labels: {
      alertname,
      severity,
      environment,
      application,
      managed_by: 'fairlead',
      // Of the same labels as a rule's, it would be one alert with two authors: resolved by us, told again by the rule.
      source: 'event',
      ...(options.page && severity === 'critical' ? { page: 'true' } : {}),
    },
    annotations: {
      ...annotationsOf(told, alertname, link),
      ...linksOf(runbookOf(alertname), options),
    },
    startsAt: event.at,
    endsAt: new Date(endsMs).toISOString(),
    ...(generatorURL === undefined ? {} : { generatorURL }),
  };
}

/** A rollback that somebody asked for, and one after a failure. */
function nameOf({ event, facts }: Told): AlertName {
  const isRollback = event.mark === 'rollback-failed' || facts.kind === 'rollback';
  return isRollback ? 'Failed Rollback' : 'Deployment Failure';
}

/** That a rollback could not finish is critical everywhere. */
function severityOf(told: Told, { severityIn }: AlertmanagerOptions): 'critical' | 'warning' {
  if (nameOf(told) === 'Failed Rollback') return 'critical';
  return severityIn?.(told.facts.environment) ?? 'critical';
}

function annotationsOf(
  { event, facts }: Told,
  name: AlertName,
  link: string | undefined,
): Readonly<Record<string, string>> {
  const { deploymentId, environment, application, error, ci } = facts;
  const what = name === 'Failed Rollback' ? 'Rollback' : 'Deployment';
  const description = [event.message, ...(error === undefined ? [] : [error.message])]
    .map((text) => cleanText(text, TEXT_LENGTH))
    .join('. ');
  return {
    summary: cleanText(`${what} of ${application} in ${environment} failed`),
    description,
    deployment: cleanText(deploymentId),
    ...(link === undefined ? {} : { link }),
    ...(ci?.url === undefined ? {} : { ci_run: cleanText(ci.url) }),
    event: event.id,
    failed_at: event.at,
  };
}

/** As the rule of the same name has it. */
function runbookOf(name: AlertName): string | undefined {
  return ALERTS.find(({ title }) => title === name)?.runbook;
}

/** What finds the alerts of a target. Rules of ours make some as well: those name no time of failure. */
export function targetFilter({ environment, application }: Facts): readonly Matcher[] {
  return [
    equal('managed_by', 'fairlead'),
    equal('environment', environment),
    equal('application', application),
  ];
}

/** Whether it was sent from here, and tells of what failed at this time or before. */
export function isOurs({ annotations }: StandingAlert, at: string): boolean {
  const { failed_at: failedAt } = annotations;
  return failedAt !== undefined && Date.parse(failedAt) <= Date.parse(at);
}

/** Whether it was sent from here, and tells of what failed after this time. */
export function isLater({ annotations }: StandingAlert, at: string): boolean {
  const { failed_at: failedAt } = annotations;
  return failedAt !== undefined && Date.parse(failedAt) > Date.parse(at);
}

/** The same alert, resolved: it names who failed and who is well. */
export function toResolved(standing: StandingAlert, { facts }: Told, now: Date): PostableAlert {
  const endsMs = Math.max(now.getTime(), Date.parse(standing.startsAt));
  return {
    ...standing,
    annotations: { ...standing.annotations, resolved_by: cleanText(facts.deploymentId) },
    endsAt: new Date(endsMs).toISOString(),
  };
}
