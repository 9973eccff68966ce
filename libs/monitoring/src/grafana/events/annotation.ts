import type { Delivery, NotifiedKind } from '@fairlead/contracts';
import { cleanText } from '@fairlead/domain/text';
import { shortHash } from '../fingerprint.ts';
import { TAG } from '../names.ts';

/** All tags of an annotation together, as JSON, take 500 bytes unless Grafana is told otherwise (`[annotations] tags_length`). */
const TAG_BYTES = 80;
/** Grafana shows it in a tooltip. */
const TEXT = 500;
/** Of a digest in a tag: unique among the events of one deployment. */
const KEY_DIGITS = 12;

/**
 * `opens`, `closes`: the span of the whole deployment; `point`: something on the way. A deployment has one span, from
 * its first word to its last.
 */
export type Part = 'opens' | 'closes' | 'point';

export function partOf({ event, facts }: Delivery): Part {
  if (event.mark === 'test') return 'point';
  switch (event.kind) {
    case 'deployment-started':
      return 'opens';
    case 'rollback-initiated':
      return facts.kind === 'rollback' ? 'opens' : 'point';
    case 'deployment-completed':
    case 'rollback-completed':
      return 'closes';
    case 'deployment-failed':
      return isFinal({ event, facts }) ? 'closes' : 'point';
    default:
      return 'point';
  }
}

/** A failure that is followed by a way back is not the end. */
function isFinal({ event, facts }: Pick<Delivery, 'event' | 'facts'>): boolean {
  return event.mark === 'rollback-failed' || facts.outcome === 'failed';
}

/** By these the span of a deployment is found again. */
export function spanTags({ facts }: Delivery): readonly string[] {
  return [idTag(facts.deploymentId), 'span:deployment'];
}

/** By it a repeat of this very delivery is found. */
export function keyTag({ key }: Delivery): string {
  return `key:${shortHash(key, KEY_DIGITS)}`;
}

export function tagsOf(delivery: Delivery): readonly string[] {
  const { event, facts } = delivery;
  const point = partOf(delivery) === 'point';
  return [
    // Dashboards show no test as a deployment.
    event.mark === 'test' ? TAG.test : TAG.deployment,
    short('environment', facts.environment),
    short('application', facts.application),
    ...(point ? [idTag(facts.deploymentId), `event:${event.kind}`] : spanTags(delivery)),
    keyTag(delivery),
  ];
}

/** The span's, once it is over. */
export function outcomeTag({ event, facts }: Delivery): string {
  if (event.kind === 'deployment-completed') return 'outcome:succeeded';
  if (event.kind === 'deployment-failed') return 'outcome:failed';
  return facts.kind === 'rollback' ? 'outcome:succeeded' : 'outcome:rolled-back';
}

/** One line; Grafana draws HTML in it. */
export function textOf({ event, facts }: Delivery): string {
  const deployment = facts.kind === 'rollback' ? 'rollback' : `${facts.type} deployment`;
  const what = facts.issue === undefined ? deployment : 'issue';
  const where = `${facts.application} in ${facts.environment}`;
  const error = facts.error === undefined ? '' : `; ${facts.error.message}`;
  const head = `${WORDS[event.kind as NotifiedKind]}: ${where}, ${what} ${facts.deploymentId}`;
  return escapeHtml(cleanText(`${head} by ${facts.actor}. ${event.message}${error}`, TEXT));
}

const WORDS: Record<NotifiedKind, string> = {
  'deployment-started': 'Deployment started',
  'deployment-completed': 'Deployment completed',
  'deployment-failed': 'Deployment failed',
  'rollback-initiated': 'Rollback initiated',
  'rollback-completed': 'Rollback completed',
  'canary-started': 'Canary started',
  'canary-completed': 'Canary completed',
  'canary-promoted': 'Canary promoted',
  'remediation-proposed': 'Remediation proposed',
  'remediation-attempted': 'Remediation attempted',
  'remediation-given-up': 'Remediation given up',
};

function idTag(deploymentId: string): string {
  return short('id', deploymentId);
}

/** What is too long for a tag is told from others by its digest. */
function short(name: string, value: string): string {
  const tag = `${name}:${cleanText(value)}`;
  if (Buffer.byteLength(tag) <= TAG_BYTES) return tag;
  return `${name}:${shortHash(value, KEY_DIGITS)}`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
