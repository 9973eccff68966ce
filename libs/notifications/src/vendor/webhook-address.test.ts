import { describe, expect, it } from '@jest/globals';
import { addressOf, hideSecrets } from './webhook-address.ts';

const WEBHOOK =
  'https://a.example.com:443/workflows/0f1e2d3c4b5a69788796/run?sv=1.0&sig=ab%2Fcd-efghijklmnop';

describe('the address of a webhook', () => {
  it('is its own, with the query that signs it', () => {
    expect(addressOf('teams', { webhookUrl: WEBHOOK })).toBe(WEBHOOK.replace(':443', ''));
  });

  it('has path and query behind the gateway where one is configured', () => {
    const address = addressOf('teams', {
      webhookUrl: WEBHOOK,
      apiUrl: 'http://127.0.0.1:8080/teams/',
    });

    expect(address).toBe(
      'http://127.0.0.1:8080/teams/workflows/0f1e2d3c4b5a69788796/run?sv=1.0&sig=ab%2Fcd-efghijklmnop',
    );
  });

  it.each([
    '',
    'a.example.com/hook',
    'https://',
    'file:///hook',
    'https://kim:pw@a.example.com/hook',
  ])('is none where the URL is %j', (webhookUrl) => {
    expect(() => addressOf('teams', { webhookUrl })).toThrow(
      /^teams: no request can be made of webhook_url and api_url; they are http\(s\) URLs without user/,
    );
  });
});

describe('an answer that repeats the address', () => {
  it.each([
    ['whole', `cannot POST ${WEBHOOK}`],
    ['in HTML', `<p>${WEBHOOK.replaceAll('&', '&amp;')}</p>`],
    ['in part, as it was sent', 'bad signature ab%2Fcd-efghijklmnop of 0f1e2d3c4b5a69788796'],
    ['in part, decoded', 'bad signature ab/cd-efghijklmnop'],
  ])('tells none of its secrets: %s', (_how, answer) => {
    const told = hideSecrets(answer, WEBHOOK);

    expect(told).toContain('[hidden]');
    expect(told).not.toMatch(/efghijklmnop|0f1e2d3c/);
  });

  it('keeps the words', () => {
    expect(hideSecrets('the workflows cannot run', WEBHOOK)).toBe('the workflows cannot run');
  });
});
