import { segmentsOf } from '@fairlead/notifications';
import type { Preview } from '@fairlead/notifications';
import type {
  MailBody,
  PagerdutyBody,
  PushBody,
  SlackBlock,
  SlackBody,
  SmsBody,
  TeamsBody,
} from './bodies.ts';

/** How a destination is called, and how its message looks to a person; by the first word of its name. */
interface Look {
  readonly title: string;
  readonly asText: (body: never) => readonly string[];
}

const LOOKS: Readonly<Record<string, Look>> = {
  slack: { title: 'Slack', asText: slack },
  teams: { title: 'Microsoft Teams', asText: teams },
  sms: { title: 'SMS', asText: sms },
  pagerduty: { title: 'PagerDuty', asText: pagerduty },
  firebase: { title: 'Firebase push', asText: push },
  'firebase:mail': { title: 'E-mail', asText: mail },
};

export function titleOf(name: string): string {
  return lookOf(name).title;
}

export function asText({ channel, body }: Preview): string {
  return lookOf(channel)
    .asText(body as never)
    .join('\n');
}

function lookOf(name: string): Look {
  const look = LOOKS[name] ?? LOOKS[name.split(':')[0] ?? ''];
  if (look === undefined) throw new Error(`nobody said how a message to ${name} looks`);
  return look;
}

function slack({ blocks }: SlackBody): readonly string[] {
  return blocks.flatMap(slackBlock).map(unescapeSlack);
}

function slackBlock(block: SlackBlock): readonly string[] {
  switch (block.type) {
    case 'header':
      return [block.text.text, ''];
    case 'section':
      return [
        ...(block.text === undefined ? [] : [oneLine(block.text.text)]),
        ...(block.fields ?? []).map(({ text }) => oneLine(text)),
        '',
      ];
    case 'actions':
      return [...block.elements.map(({ text, url }) => button(text.text, url)), ''];
    case 'context':
      return block.elements.map(({ text }) => text);
  }
}

/** A label stands above its value. */
function oneLine(text: string): string {
  return text.replace(/^\*(.*)\*\n/, '$1: ').replace(/<(https?:[^>]*)>/, '$1');
}

function unescapeSlack(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function teams({ attachments: [attachment] }: TeamsBody): readonly string[] {
  const { body = [], actions = [] } = attachment?.content ?? {};
  const lines = body.flatMap((element) =>
    element.type === 'FactSet'
      ? [...element.facts.map(({ title, value }) => `${title}: ${plainMarkdown(value)}`), '']
      : [plainMarkdown(element.text), ''],
  );
  return [...lines.slice(0, -1), ...actions.map(({ title, url }) => `\n${button(title, url)}`)];
}

/** As a card shows it: a link by its text, bold as text, what was escaped as it was. */
function plainMarkdown(text: string): string {
  return text
    .replace(/^\[(https?:[^\]]*)\]\(.*\)$/, '$1')
    .replace(/^\*\*(.*?)\*\*/, '$1')
    .replace(/\\([\\*`~[_{.+#)-])/g, '$1');
}

function sms({ Body }: SmsBody): readonly string[] {
  const count = segmentsOf(Body);
  return [Body, '', `(${count} ${count === 1 ? 'segment' : 'segments'})`];
}

function pagerduty({ event_action, dedup_key, payload }: PagerdutyBody): readonly string[] {
  return [
    payload.summary,
    '',
    `(${event_action}, severity ${payload.severity}, incident ${dedup_key})`,
    '',
    ...Object.entries(payload.custom_details).map(([label, value]) => `${label}: ${value}`),
  ];
}

function push({ message: { notification } }: PushBody): readonly string[] {
  return [notification.title, '', notification.body];
}

function mail({ message: { subject, text } }: MailBody): readonly string[] {
  return [`Subject: ${subject}`, '', text];
}

function button(label: string, url: string): string {
  return `[ ${label} ] ${url}`;
}
