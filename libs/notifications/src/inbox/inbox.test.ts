import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aDelivery } from '../fixtures.ts';
import { createInboxChat } from './inbox-chat.ts';
import { createInboxMail } from './inbox-mail.ts';
import { createInboxMonitoring } from './inbox-monitoring.ts';
import type { InboxLine } from './inbox-line.ts';

const signal = new AbortController().signal;
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fairlead-inbox-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

async function linesOf(file = 'inbox.jsonl'): Promise<readonly InboxLine[]> {
  const text = await readFile(join(directory, file), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as InboxLine);
}

describe('inbox-mail', () => {
  it('writes one line that a person can read', async () => {
    const mail = createInboxMail({ directory });

    const answer = await mail.send(aDelivery(), signal);

    expect(answer.state).toBe('accepted');
    expect(await linesOf()).toMatchObject([
      {
        destination: 'inbox-mail',
        key: 'd-1/1/inbox-mail',
        kind: 'deployment-started',
        deploymentId: 'd-1',
        title: '[staging] Deployment Started',
        text: expect.stringContaining('Application: shop'),
      },
    ]);
  });

  it('writes a repeated key once, also when another process wrote it', async () => {
    const first = createInboxMail({ directory });
    const second = createInboxMail({ directory });
    await second.send(aDelivery({ event: { id: 'd-1/0' } }), signal);

    await first.send(aDelivery(), signal);
    await first.send(aDelivery(), signal);
    await second.send(aDelivery(), signal);

    expect((await linesOf()).map(({ key }) => key)).toEqual([
      'd-1/0/inbox-mail',
      'd-1/1/inbox-mail',
    ]);
  });

  it('writes a repeated key once when both tries run at once', async () => {
    const mail = createInboxMail({ directory });

    await Promise.all([1, 2, 3].map(() => mail.send(aDelivery(), signal)));

    expect(await linesOf()).toHaveLength(1);
  });

  it('starts a line of its own when a killed writer left half a line', async () => {
    await writeFile(join(directory, 'inbox.jsonl'), '{"key":"d-1/1/inbox-mail","ti');
    const mail = createInboxMail({ directory });

    await mail.send(aDelivery(), signal);
    await appendFile(join(directory, 'inbox.jsonl'), '{"key":"half');
    await mail.send(aDelivery(), signal);
    await mail.send(aDelivery({ event: { id: 'd-1/2' } }), signal);

    const text = await readFile(join(directory, 'inbox.jsonl'), 'utf8');
    expect(text.split('\n').map((line) => line.slice(0, 14))).toEqual(
      ['{"key":"d-1/1/', '{"at":"20', '{"key":"half', '{"at":"20', ''].map((start) =>
        expect.stringMatching(new RegExp(`^${start.replaceAll('{', '\\{')}`)),
      ),
    );
  });

  it('fails retryably and names the file when it cannot be written', async () => {
    await writeFile(join(directory, 'inbox.jsonl'), '');
    const notADirectory = join(directory, 'inbox.jsonl', 'below');
    const mail = createInboxMail({ directory: notADirectory });

    const sending = mail.send(aDelivery(), signal);

    await expect(sending).rejects.toMatchObject({
      type: 'vendor-unreachable',
      message: expect.stringMatching(/below\/inbox\.jsonl \(ENOTDIR\)/),
    });
  });
});

describe('inbox-chat', () => {
  it('writes again with the key to be seen when a delivery is repeated', async () => {
    const chat = createInboxChat({ directory });
    const delivery = aDelivery({ destination: 'inbox-chat' });

    const answer = await chat.send(delivery, signal);
    await chat.send(delivery, signal);

    expect(answer.state).toBe('delivered');
    expect((await linesOf()).map(({ key }) => key)).toEqual([delivery.key, delivery.key]);
  });

  it('shares the file with mail without losing a line', async () => {
    const chat = createInboxChat({ directory });
    const mail = createInboxMail({ directory });
    const ids = Array.from({ length: 50 }, (_, n) => `d-1/${n}`);

    await Promise.all(
      ids.flatMap((id) => [
        chat.send(aDelivery({ destination: 'inbox-chat', event: { id } }), signal),
        mail.send(aDelivery({ event: { id } }), signal),
      ]),
    );

    expect(new Set((await linesOf()).map(({ key }) => key)).size).toBe(100);
  });
});

describe('inbox-monitoring', () => {
  it('keeps what a monitoring system would be told, once, and out of what people read', async () => {
    const monitoring = createInboxMonitoring({ directory });
    await createInboxMail({ directory }).send(aDelivery(), signal);
    const delivery = aDelivery({ destination: 'inbox-monitoring' });

    await monitoring.send(delivery, signal);
    await monitoring.send(delivery, signal);

    expect(monitoring).toMatchObject({ name: 'inbox-monitoring', monitoring: true });
    expect((await linesOf('monitoring.jsonl')).map(({ key }) => key)).toEqual([delivery.key]);
    expect((await linesOf()).map(({ destination }) => destination)).toEqual(['inbox-mail']);
  });
});
