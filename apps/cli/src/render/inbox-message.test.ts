import { expect, it } from '@jest/globals';
import { inboxMessage } from './inbox-message.ts';
import { createStyle } from './style.ts';

const style = createStyle(false);
const message = {
  at: '2026-11-25T04:33:12.000Z',
  destination: 'inbox-mail',
  key: 'd-1/1/inbox-mail',
  title: '[staging] Deployment Failed',
  text: '[staging] Deployment Failed\n\napi crashed\u001b[2J\nDeployment: d-1',
  deploymentId: 'd-1',
  action: 'It is being rolled back.',
};

it('shows who got what, the first words, and what was done about it', () => {
  expect(inboxMessage(JSON.stringify(message), style)).toBe(
    '04:33:12 ✉ inbox-mail  [staging] Deployment Failed  d-1\n    api crashed\n    It is being rolled back.',
  );
});

it('shows the error rather than the summary, which only says that there was one', () => {
  const text = '[staging] Deployment Failed\n\napi is rolled back\nError: CrashLoopBackOff\n';
  expect(inboxMessage(JSON.stringify({ ...message, text }), style)).toContain(
    '    CrashLoopBackOff\n',
  );
});

it.each(['{"at":"2026', 'null', '{}', '[]', '"text"'])('ignores %s', (line) => {
  expect(inboxMessage(line, style)).toBeUndefined();
});
