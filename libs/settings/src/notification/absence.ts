import type { loadFullConfig } from '@fairlead/config';

type Config = Pick<ReturnType<typeof loadFullConfig>, 'values' | 'off'>;

/** Why a channel that a role names has no destination, and what to write to have one. */
export function absenceOf({ values, off }: Config, channel: string): string {
  const [block = '', destination] = channel.split(':');
  const path = `notification.${block}`;
  if (off.includes(path)) return `switched off: ${path}.enabled is false`;
  const notification = values.notification ?? {};
  if (!(block in notification)) return `not configured: add ${path}`;
  const { page_owner: owner } = notification;
  if (block === 'pagerduty' && owner === 'none') {
    return 'notification.page_owner is none: nobody is woken, so PagerDuty gets nothing';
  }
  if (block === 'pagerduty' && owner !== undefined && owner !== 'fairlead') {
    return `notification.page_owner is ${owner}: that road wakes people, so PagerDuty gets nothing from here`;
  }
  if (block === 'firebase') {
    return `nobody to tell: ${path} has no notification_topics, no email_to`;
  }
  if (destination !== undefined) return `${path}.destinations has no ${destination}`;
  return `${path} has no webhook_url of its own`;
}
