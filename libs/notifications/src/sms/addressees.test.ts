import { expect, it } from '@jest/globals';
import { addresseesOf } from './addressees.ts';

it.each([
  { numbers: ['+15551230199', '+15551230142'], names: ['sms:0199', 'sms:0142'] },
  { numbers: ['+15551230142', '+15551230199'], names: ['sms:0142', 'sms:0199'] },
  { numbers: ['+15551230199', '+4915551230199'], names: ['sms:0199', 'sms:0199-2'] },
  { numbers: ['+15551230199', '+15551230199'], names: ['sms:0199'] },
  { numbers: ['+15551230199', '+12345'], names: ['sms:0199', 'sms:number-2'] },
])('calls $numbers $names', ({ numbers, names }) => {
  expect(addresseesOf(numbers).map(({ name }) => name)).toEqual(names);
});
