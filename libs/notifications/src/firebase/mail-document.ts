import type { Delivery, NotifiedKind } from '@fairlead/contracts';
import { cleanText } from '@fairlead/domain/text';
import type { Message } from '../message/message.ts';
import { toPlainText } from '../message/plain-text.ts';
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

export interface MailParts {
  readonly message: Message;
  readonly delivery: Delivery;
  readonly to: readonly string[];
}

export function toMailDocument({ message, delivery, to }: MailParts): MailDocument {
  const { key } = delivery;
  const text = `${toPlainText(message)}\n\n${key}`;
  return {
    to,
    message: { subject: subjectOf(message, delivery), text, html: toHtml(message, key) },
  };
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
  return { to, message: { subject: subjectOf(message, delivery), text } };
}

/** One line always, so that no header can be put in. */
function subjectOf({ title, own = [] }: Message, { event, facts, digest }: Delivery): string {
  if (digest !== undefined || own.includes('title')) return title;
  const mark = event.mark === 'test' ? 'TEST: ' : '';
  return `[${cleanText(facts.environment)}] ${mark}${SUBJECTS[event.kind as MailKind]}`;
}
