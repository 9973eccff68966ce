import { describe, expect, it } from '@jest/globals';
import { loadText, problemsOf } from '../in-memory-files.ts';

function receiverOf(text: string): string {
  return `environments: { staging: {} }\nremediation: { receiver: ${text} }\n`;
}

function messages(text: string): readonly string[] {
  return problemsOf(receiverOf(text)).map(({ path, message }) => `${path}: ${message}`);
}

const RULE = 'match: { alertname: Slow }, issue: resource_constraint';

describe('the receiver of alerts', () => {
  it('needs a token and nothing else', () => {
    const { values } = loadText(receiverOf('{ bearer_token: s3cret }'));

    expect(values.remediation?.receiver).toEqual({
      listen: '127.0.0.1:9095',
      bearer_token: expect.anything(),
      built_in_rules: true,
    });
    expect(values.remediation?.receiver?.bearer_token.reveal()).toBe('s3cret');
  });

  it('knows how events call things, and no environment that is not there', () => {
    const events = (environment: string) =>
      `{ bearer_token: x, events: { environments: { live: ${environment} } } }`;

    expect(messages(events('staging'))).toEqual([]);
    expect(messages(events('stagin'))).toEqual([
      'remediation.receiver.events.environments.(a key of 4 characters): environments has none of this name; did you mean staging?',
    ]);
  });

  it('is an error without a token', () => {
    expect(messages('{ listen: "0.0.0.0:9095" }')).toEqual([
      'remediation.receiver.bearer_token: missing: a key or token without white space or bearer_token_file',
    ]);
  });

  it('has labels of the usual names', () => {
    const { values } = loadText(receiverOf(`{ bearer_token: x, rules: [{ ${RULE} }] }`));

    expect(values.remediation?.receiver?.rules).toEqual([
      {
        match: { alertname: 'Slow' },
        issue: 'resource_constraint',
        ...{ pod_label: 'pod', namespace_label: 'namespace' },
        ...{ environment_label: 'environment', application_label: 'application' },
      },
    ]);
  });

  it.each(['127.0.0.1:0', '0.0.0.0:65535', 'localhost:9095', '[::1]:9095'])(
    'listens on %s',
    (listen) => {
      expect(messages(`{ bearer_token: x, listen: "${listen}" }`)).toEqual([]);
    },
  );

  it.each(['9095', '127.0.0.1', '127.0.0.1:65536', '::1:9095', 'http://a:1', ':9095'])(
    'does not listen on %s',
    (listen) => {
      expect(messages(`{ bearer_token: x, listen: "${listen}" }`)).toEqual([
        expect.stringContaining('HOST:PORT, such as 0.0.0.0:9095'),
      ]);
    },
  );

  it.each([
    ['a rule that matches everything', 'match: {}, issue: pod_crash', 'expected at least 1'],
    ['an unknown issue', 'match: { a: b }, issue: pod_crush', 'did you mean pod_crash?'],
    ['no issue', 'match: { a: b }', 'rules[0].issue: missing'],
    ['an unknown environment', `${RULE}, environment: stagin`, 'did you mean staging?'],
    ['an environment like no other', `${RULE}, environment: qa`, 'known: staging'],
  ])('refuses %s', (_what, rule, message) => {
    expect(messages(`{ bearer_token: x, rules: [{ ${rule} }] }`)).toEqual([
      expect.stringContaining(message),
    ]);
  });
});
