import { randomInt } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
/** Two billion values for each second: enough that nobody meets another's. */
const RANDOM_CHARACTERS = 6;

/** `20261125-043312-x7k2qp`: sorts by time, can be read out, and fits names and labels. */
export function createRequestId(now: Date): string {
  const [date = '', time = ''] = now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').split('T');
  const random = Array.from(
    { length: RANDOM_CHARACTERS },
    () => ALPHABET[randomInt(ALPHABET.length)],
  );
  return `${date}-${time}-${random.join('')}`;
}
