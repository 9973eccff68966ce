import { describe, expect, it } from '@jest/globals';
import { namesError } from './names-error.ts';

describe('the body of a success', () => {
  it.each([
    '{"error":{"code":"InvalidBotAdaptiveCard"}}',
    '{"error":"no such channel"}',
    '{"errors":["no such channel"]}',
    '{"success":false}',
    '{"ok":false}',
    '{"status":"Failed"}',
    '{"status":404}',
    '{"statusCode":502}',
    '"Webhook message delivery failed"',
    'Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 403',
    'BadRequestException',
  ])('%s names an error', (body) => {
    expect(namesError(body)).toBe(true);
  });

  it.each([
    '',
    '1',
    'null',
    '"ok"',
    '[]',
    '{}',
    '{"error":null,"errors":[]}',
    '{"error":false}',
    '{"error":{}}',
    '{"status":"Succeeded","statusCode":202,"success":true}',
  ])('%j names none', (body) => {
    expect(namesError(body)).toBe(false);
  });
});
