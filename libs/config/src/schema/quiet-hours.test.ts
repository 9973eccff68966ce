import { describe, expect, it } from '@jest/globals';
import { loadText, problemsOf } from '../in-memory-files.ts';

const PLACE = 'roles.ops.quiet_hours';

function textOf(quietHours: string): string {
  const role = `{ channels: [slack], events: [failure], quiet_hours: { ${quietHours} } }`;
  return `notification: { slack: { webhook_url: "https://hooks.example.com/1" } }\nroles: { ops: ${role} }\n`;
}

function messages(quietHours: string): string {
  return problemsOf(textOf(quietHours))
    .map(({ path, message }) => `${path}: ${message}`)
    .join('\n');
}

describe('the quiet hours of a role', () => {
  it.each([
    ['', `${PLACE}.time_zone: missing: an IANA time zone`],
    [', time_zone: Asia/Soul', '"Asia/Soul" is not an IANA time zone'],
    [', time_zone: "+09:00"', 'is not an IANA time zone'],
    [', time_zone: local', 'is not an IANA time zone'],
  ])('"An IANA zone is required; never the machine\'s": with "%s"', (zone, expected) => {
    expect(messages(`from: "22:00", to: "07:00"${zone}`)).toContain(expected);
  });

  it('"an empty span is an error"', () => {
    expect(messages('from: "22:00", to: "22:00", time_zone: UTC')).toBe(
      `${PLACE}.to: from and to are the same, so the span is empty; leave quiet_hours out, or move one`,
    );
  });

  it.each([
    'from: "22:00", to: "07:00"',
    'from: "22:00", to: "00:00"',
    'from: "00:00", to: "06:00"',
  ])('"may pass midnight": %s', (span) => {
    expect(messages(`${span}, time_zone: Asia/Seoul`)).toBe('');
  });

  it.each(['24:00', '7:00', '22:60', '10pm'])('begin at no such time of day as %s', (time) => {
    expect(messages(`from: "${time}", to: "07:00", time_zone: UTC`)).toContain(
      `${PLACE}.from: "${time}" is not a time of day`,
    );
  });

  it.each([
    ['', 'hold'],
    [', then: hold', 'hold'],
    [', then: drop', 'drop'],
  ])('"then: hold | drop": with "%s" it is %s', (given, then) => {
    const text = textOf(`from: "22:00", to: "07:00", time_zone: Asia/Seoul${given}`);

    expect(loadText(text).values.roles?.['ops']?.quiet_hours).toEqual({
      ...{ from: '22:00', to: '07:00', time_zone: 'Asia/Seoul' },
      then,
    });
  });

  it('"then: hold | drop", and nothing else', () => {
    expect(messages('from: "22:00", to: "07:00", time_zone: Asia/Seoul, then: delay')).toContain(
      'is not one of hold, drop',
    );
  });
});
