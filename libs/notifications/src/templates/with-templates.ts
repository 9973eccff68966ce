import type { Delivery, NotifiedKind } from '@fairlead/contracts';
import { fillTemplate } from '@fairlead/domain/text';
import type { MessageTemplate } from '@fairlead/domain/text';
import type { Answer, Destination } from '../destination.ts';
import type { LinkTo } from '../message/message.ts';
import type { Told } from './told.ts';
import { valuesOf } from './values.ts';

/** People's own words for one channel. */
export type ChannelTemplates = Readonly<Partial<Record<NotifiedKind, MessageTemplate>>>;

interface TemplateOptions {
  readonly templates: ChannelTemplates;
  readonly linkTo?: LinkTo | undefined;
}

/** A destination that speaks in people's own words where there are some for the kind of event. */
export function withTemplates(destination: Destination, options: TemplateOptions): Destination {
  const { preview } = destination;
  return {
    ...destination,
    ...(preview && { preview: (delivery) => preview(fill(delivery, options).told) }),
    async send(delivery, signal) {
      const { told, failure } = fill(delivery, options);
      const answer = await destination.send(told, signal);
      return failure === undefined ? answer : withNote(answer, failure);
    },
  };
}

interface Filled {
  readonly told: Told;
  /** Why the built-in words stand there in place of people's own. */
  readonly failure?: string;
}

function fill(delivery: Delivery, { templates, linkTo }: TemplateOptions): Filled {
  const { event, facts, digest } = delivery;
  const template = templateFor(event.kind, templates);
  // A digest is one message for many kinds.
  if (template === undefined || digest !== undefined) return { told: delivery };
  const { texts, blank } = fillTemplate(template, valuesOf({ event, facts, linkTo }));
  if (blank.length === 0) return { told: { ...delivery, texts } };
  const failure =
    `the template for ${event.kind} came out blank (${blank.join(' and ')}), ` +
    'so the built-in message was sent in its place';
  return { told: delivery, failure };
}

function templateFor(kind: string, templates: ChannelTemplates): MessageTemplate | undefined {
  const byKind: Readonly<Record<string, MessageTemplate | undefined>> = templates;
  return byKind[kind];
}

/** Of what was not sent there is nothing to say. */
function withNote(answer: Answer, note: string): Answer {
  if (answer.state === 'suppressed') return answer;
  const detail = answer.detail === undefined ? note : `${answer.detail}; ${note}`;
  return { ...answer, detail };
}
