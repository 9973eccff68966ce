import { expect, it } from '@jest/globals';
import { checksText } from './checks.ts';
import { createStyle } from './style.ts';

it('has a line for each, with the mend below what is not well', () => {
  const text = checksText(
    [
      { name: 'temporal', state: 'ok', detail: '1.29 answers' },
      { name: 'datadog', state: 'fail', detail: 'answered 403', mend: 'renew the keys' },
      { name: 'channel sms', state: 'skipped', detail: 'not tried' },
    ],
    createStyle(false),
  );

  expect(text.split('\n')).toEqual([
    'ok    temporal     1.29 answers',
    'FAIL  datadog      answered 403',
    '                   → renew the keys',
    'skip  channel sms  not tried',
  ]);
});
