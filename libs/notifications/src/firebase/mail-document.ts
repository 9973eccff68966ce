import type { Delivery, NotifiedKind } from '@fairlead/contracts';
import { cleanText } from '@fairlead/domain/text';
import type { Message, MessageFact } from '../message/message.ts';
import { toPlainText } from '../message/plain-text.ts';
import { durationText } from './duration-text.ts';
import { toHtml } from './mail-html.ts';

/** What the extension reads: https://extensions.dev/extensions/firebase/firestore-send-email */
export interface MailDocument {
  readonly to: readonly string[];
  readonly message: {
    readonly subject: string;
    readonly text: string;
    readonly html?: string;
  };
}

/** The five templates' subjects, after `[environment] `; a kind that is not here has no e-mail. */
const SUBJECTS = {
  'deployment-started': 'Deployment Started',
  'deployment-completed': 'Deployment Completed',
  'deployment-failed': 'Deployment Failed',
  'rollback-initiated': 'Rollback Initiated',
  'rollback-completed': 'Rollback Completed',
} as const satisfies Partial<Record<NotifiedKind, string>>;
type MailKind = keyof typeof SUBJECTS;

export const MAIL_KINDS = Object.keys(SUBJECTS) as readonly MailKind[];

/** Kinds that tell how long it took. */
const CLOSING: readonly string[] = ['deployment-completed', 'rollback-completed'];

export interface MailParts {
  readonly message: Message;
  readonly delivery: Delivery;
  readonly to: readonly string[];
}

export function toMailDocument({ message, delivery, to }: MailParts): MailDocument {
  const full = { ...message, facts: withDuration(message.facts, delivery) };
  const { key } = delivery;
  const text = `${toPlainText(full)}\n\n${key}`;
  return { to, message: { subject: subjectOf(delivery), text, html: toHtml(full, key) } };
}

/** For a Firestore that refuses our form. */
export function toBareMailDocument({ message, delivery, to }: MailParts): MailDocument {
  const kept = ['Deployment', 'Environment', 'Outcome'];
  const text = [
    message.title,
    ...message.facts
      .filter(({ label }) => kept.includes(label))
      .map(({ label, value }) => `${label}: ${value}`),
    ...(message.link === undefined ? [] : [`Link: ${message.link}`]),
    delivery.key,
  ].join('\n');
  return { to, message: { subject: subjectOf(delivery), text } };
}

/** One line always, so that no header can be put in. */
function subjectOf({ event, facts }: Delivery): string {
  return `[${cleanText(facts.environment)}] ${SUBJECTS[event.kind as MailKind]}`;
}

function withDuration(facts: readonly MessageFact[], { event, facts: run }: Delivery) {
  if (!CLOSING.includes(event.kind)) return facts;
  const value = durationText(Date.parse(event.at) - Date.parse(run.startedAt));
  return [...facts, { label: 'Duration', value }];
}
