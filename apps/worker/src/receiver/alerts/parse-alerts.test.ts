import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MAX_ALERTS, parseAlerts } from './parse-alerts.ts';

const FIRING = {
  ...{ status: 'firing', labels: { alertname: 'KubePodCrashLooping', pod: 'api-1' } },
  annotations: { description: 'crashes', summary: 'Pod crashes' },
  ...{ startsAt: '2026-01-01T00:00:00Z', endsAt: '0001-01-01T00:00:00Z' },
  ...{ generatorURL: 'http://prometheus/graph', fingerprint: 'c6eadffa33fcdf37' },
};

function bodyOf(over: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    ...{ version: '4', groupKey: '{}:{}', truncatedAlerts: 0, status: 'firing', receiver: 'f' },
    ...{ groupLabels: {}, commonLabels: {}, commonAnnotations: {}, externalURL: 'http://am' },
    alerts: [FIRING],
    ...over,
  });
}

function invalidOf(text: string): string | undefined {
  const parsed = parseAlerts(text);
  return 'invalid' in parsed ? parsed.invalid : undefined;
}

describe('parseAlerts', () => {
  it('takes the webhook of Alertmanager', () => {
    expect(parseAlerts(bodyOf())).toEqual({
      source: 'alertmanager',
      alerts: [
        {
          firing: true,
          labels: new Map([
            ['alertname', 'KubePodCrashLooping'],
            ['pod', 'api-1'],
          ]),
          summary: 'Pod crashes',
          since: '2026-01-01T00:00:00.000Z',
        },
      ],
    });
  });

  it.each([undefined, 1, 'yesterday', ''])('leaves a start of %j that is no time', (startsAt) => {
    const parsed = parseAlerts(bodyOf({ alerts: [{ ...FIRING, startsAt }] }));

    expect(parsed).toMatchObject({ alerts: [{ firing: true }] });
    expect(parsed).not.toMatchObject({ alerts: [{ since: expect.anything() }] });
  });

  it('takes the webhook of Grafana, with what is its own', () => {
    const values = { B: 44.2, C: 1 };
    const own = { orgId: 1, version: '1', title: '[FIRING:1]', state: 'alerting', message: 'm' };
    const alert = { ...FIRING, values, silenceURL: 'http://g', dashboardURL: '', panelURL: '' };

    expect(parseAlerts(bodyOf({ ...own, alerts: [alert] }))).toMatchObject({
      source: 'grafana',
      alerts: [{ firing: true }],
    });
  });

  it('tells what is resolved from what fires', () => {
    const resolved = { status: 'resolved', labels: {} };

    expect(parseAlerts(bodyOf({ alerts: [resolved, FIRING] }))).toMatchObject({
      alerts: [{ firing: false }, { firing: true }],
    });
  });

  it('cleans labels and annotations of control characters', () => {
    const alert = {
      status: 'firing',
      labels: { pod: '\u001b[31mapi-1\u0000\r\n' },
      annotations: { summary: 'a\u202eb\nc' },
    };

    expect(parseAlerts(bodyOf({ alerts: [alert] }))).toMatchObject({
      alerts: [{ labels: new Map([['pod', 'api-1']]), summary: 'ab c' }],
    });
  });

  it('takes a label of any name for a label', () => {
    const text = bodyOf().replace('"alertname"', '"__proto__"');

    expect(parseAlerts(text)).toMatchObject({
      alerts: [
        {
          labels: new Map([
            ['__proto__', 'KubePodCrashLooping'],
            ['pod', 'api-1'],
          ]),
        },
      ],
    });
  });

  it.each([
    ['nothing', '', /not a JSON object/],
    ['what is no JSON', '{', /not a JSON object/],
    ['a list', '[]', /not a JSON object/],
    ['null', 'null', /not a JSON object/],
    ['what is nested too deep', '['.repeat(400_000), /not a JSON object/],
    ['another version', bodyOf({ version: '3' }), /neither Alertmanager’s webhook/],
    ['a version that is a number', bodyOf({ version: 4 }), /neither Alertmanager’s webhook/],
    ['no alerts', bodyOf({ alerts: undefined }), /alerts is not a list/],
    ['alerts of another form', bodyOf({ alerts: {} }), /alerts is not a list/],
    ['an alert of null', bodyOf({ alerts: [FIRING, null] }), /alerts\[1\] is not an object/],
    ['another status', bodyOf({ alerts: [{ ...FIRING, status: 'ok' }] }), /alerts\[0\]\.status/],
    ['labels in a list', bodyOf({ alerts: [{ ...FIRING, labels: [] }] }), /alerts\[0\]\.labels is/],
    [
      'a label that is a number',
      bodyOf({ alerts: [{ ...FIRING, labels: { pod: 1 } }] }),
      /labels holds what is no text/,
    ],
  ])('refuses %s', (_what, text, message) => {
    expect(invalidOf(text)).toMatch(message);
  });

  it('takes as many alerts as fit, and not one more', () => {
    const alerts = Array.from({ length: MAX_ALERTS }, () => FIRING);

    expect(parseAlerts(bodyOf({ alerts }))).toMatchObject({ source: 'alertmanager' });
    expect(parseAlerts(bodyOf({ alerts: [...alerts, FIRING] }))).toEqual({
      tooMany: '201 alerts; at most 200 are taken at once: set max_alerts of the webhook',
    });
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.json(), fc.json(), fc.json(), (alert, labels, annotations) => {
        const whole = `{"status":"firing","labels":${labels},"annotations":${annotations}}`;
        for (const text of [alert, `{"version":"4","alerts":[${alert},${whole}]}`]) {
          expect(parseAlerts(text)).toBeDefined();
        }
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(parseAlerts(text)).toBeDefined();
        expect(parseAlerts(bodyOf({ annotations: text, alerts: [text] }))).toBeDefined();
      }),
    );
  });
});
