import { NOTIFIED_KINDS } from '@fairlead/contracts';
import type { NotifiedKind } from '@fairlead/contracts';
import { sampleDelivery } from '@fairlead/notifications';
import type { Destination } from '@fairlead/notifications';
import { asText, titleOf } from './as-text.ts';
import { allDestinations } from './destinations.ts';

const HEAD = `# Messages

What people get of each kind, on each channel, as they read it. Made of a sample run by \`npm run messages\`, out of the
same requests that are sent; a test fails when this page is old. For your own configuration and your own runs:
\`fairlead notify preview --kind deployment-failed\`.

The e-mail of a failed deployment, and its Slack message (\`npm run messages -- --pictures\`, which needs a browser):

![The e-mail of a failed deployment](pictures/mail-deployment-failed.png)

![The Slack message of a failed deployment](pictures/slack-deployment-failed.png)

FCM itself sends no e-mail: the five kinds with an e-mail are written as documents for Firebase’s Trigger Email
extension.
`;

/** The whole of docs/messages.md. The same at every call. */
export function messagesPage(): string {
  const destinations = allDestinations();
  return [HEAD, ...NOTIFIED_KINDS.map((kind) => section(kind, destinations))].join('\n');
}

function section(kind: NotifiedKind, destinations: readonly Destination[]): string {
  return [`## ${kind}\n`, ...destinations.map((one) => part(kind, one))].join('\n');
}

function part(kind: NotifiedKind, { name, kinds, preview, withheld }: Destination): string {
  const title = titleOf(name);
  const delivery = sampleDelivery(kind, { destination: name });
  const silence = kinds.includes(kind) ? withheld?.(delivery) : 'it has no message of this kind';
  if (silence !== undefined) return `${title}: nothing; ${silence}.\n`;
  const texts = preview?.(delivery).map(asText) ?? [];
  return [`${title}:\n`, ...texts.map((text) => `\`\`\`text\n${text}\n\`\`\`\n`)].join('\n');
}
