import { sampleDelivery } from '@fairlead/notifications';
import type { Picture } from '../pictures/take-picture.ts';
import type { MailBody, SlackBody } from './bodies.ts';
import { allDestinations } from './destinations.ts';
import { slackPage } from './slack-page.ts';

/** Of what a page of text shows badly. */
export function messagePictures(): readonly Picture[] {
  const mail = bodyFor('firebase:mail') as MailBody;
  const slack = bodyFor('slack') as SlackBody;
  return [
    { name: 'mail-deployment-failed', html: mail.message.html, size: [720, 450] },
    { name: 'slack-deployment-failed', html: slackPage(slack), size: [620, 515] },
  ];
}

function bodyFor(name: string): unknown {
  const destination = allDestinations().find((one) => one.name === name);
  const delivery = sampleDelivery('deployment-failed', { destination: name });
  return destination?.preview?.(delivery)[0]?.body;
}
