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

  it.each([
    ['the last part of a path', 'https://a.example.com/services/T0/B0/k3y', 'no k3y here'],
    ['a signature', 'https://a.example.com/run?sp=%2Ft&sig=k3y', 'bad signature k3y'],
    ['any value of the query', 'https://a.example.com/run?v=1&code=k3y', 'bad code k3y'],
    ['a value without a name', 'https://a.example.com/run?k3y', 'bad code k3y'],
    ['a value that is encoded', 'https://a.example.com/run?sig=k%333y', 'bad code k%333y'],
    ['the last part, decoded', 'https://a.example.com/hooks/k%2F3y', 'cannot find k/3y'],
    ['the whole path', 'https://a.example.com/k3y/T0/x', 'POST /k3y/T0/x is unknown'],
  ])('hides %s, however short', (_what, address, answer) => {
    const told = hideSecrets(answer, address);

    expect(told).toContain('[hidden]');
    expect(told).not.toMatch(/k3y|k%333y|k\/3y/);
  });

  it('keeps the words, and what is a single character', () => {
    const address = 'https://a.example.com/workflows/run?v=1&sig=k3y';

    expect(hideSecrets('the workflows cannot start: code 1', address)).toBe(
      'the workflows cannot start: code 1',
    );
    expect(hideSecrets('not found', 'https://a.example.com/')).toBe('not found');
  });
});
