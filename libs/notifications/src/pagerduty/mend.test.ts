import { expect, it } from '@jest/globals';
import { AdapterError } from '@fairlead/contracts';
import { deadAnswer } from '../delivery/receipt.ts';
import { refused } from '../vendor/refused.ts';
import { mendOf } from './mend.ts';

it.each([
  [400, '{"errors":["Invalid routing key"]}', 'take the integration key of the service anew'],
  [400, '{"errors":["Requester User Not Found"]}', 'set from_email to a user of the account'],
  [400, '{"errors":["summary is missing"]}', 'the plain-text form was refused too'],
  [401, '{"error":"no"}', 'renew its credentials'],
])('says in the receipt what to do about %d %s', (status, text, mend) => {
  const answer = { status, text };

  const { detail } = deadAnswer(refused('pagerduty', answer, mendOf(answer)));

  expect(detail).toBe(`vendor-rejected: pagerduty answered ${status}: ${text}; ${mend}`);
});

it('sends nobody from the receipt to the receipt', () => {
  const { detail } = deadAnswer(new AdapterError('vendor-rejected', 'sms:0201 answered 400'));

  expect(detail).toBe('vendor-rejected: sms:0201 answered 400');
});
