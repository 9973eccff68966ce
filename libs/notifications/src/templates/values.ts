import type { Delivery } from '@fairlead/contracts';
import type { TemplateField, ValueOf } from '@fairlead/domain/text';
import { closingOutcome, errorText, listed } from '../message/message.ts';
import type { LinkTo } from '../message/message.ts';

interface Source extends Pick<Delivery, 'event' | 'facts'> {
  readonly linkTo: LinkTo | undefined;
}

/** How each field is written. What a run does not have is absent. */
const VALUES: Readonly<Record<TemplateField, (source: Source) => string | number | undefined>> = {
  deploymentId: ({ facts }) => facts.deploymentId,
  environment: ({ facts }) => facts.environment,
  application: ({ facts }) => facts.application,
  namespace: ({ facts }) => facts.namespace,
  cluster: ({ facts }) => facts.cluster,
  type: ({ facts }) => facts.type,
  phase: ({ facts }) => facts.phase,
  outcome: (source) => closingOutcome(source),
  step: ({ facts }) => facts.step,
  weight: ({ facts }) => facts.weight,
  components: ({ facts }) => listed(facts.components, ({ name, image }) => `${name} ${image}`),
  actor: ({ facts }) => facts.actor,
  reason: ({ facts }) => facts.reason,
  ciProvider: ({ facts }) => facts.ci?.provider,
  ciUrl: ({ facts }) => facts.ci?.url,
  ciCommit: ({ facts }) => facts.ci?.commit,
  startedAt: ({ facts }) => facts.startedAt,
  finishedAt: (source) => finishedAt(source),
  durationSeconds: (source) => durationSeconds(source),
  error: ({ facts }) => (facts.error === undefined ? undefined : errorText(facts.error)),
  kind: ({ event }) => event.kind,
  at: ({ event }) => event.at,
  message: ({ event }) => event.message,
  link: ({ facts, linkTo }) => linkTo?.(facts.deploymentId),
};

export function valuesOf(source: Source): ValueOf {
  return (field) => VALUES[field](source)?.toString();
}

/** A closing message is made before the record has its end: then it is the event's own time. */
function finishedAt({ event, facts }: Source): string | undefined {
  if (facts.finishedAt !== undefined) return facts.finishedAt;
  return closingOutcome({ event, facts }) === undefined ? undefined : event.at;
}

function durationSeconds(source: Source): number | undefined {
  const { durationSeconds: known, startedAt } = source.facts;
  const end = finishedAt(source);
  if (known !== undefined || end === undefined) return known;
  return Math.max(0, Math.round((Date.parse(end) - Date.parse(startedAt)) / 1_000));
}
