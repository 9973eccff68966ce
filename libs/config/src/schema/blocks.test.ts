import { describe, expect, it } from '@jest/globals';
import { loadText, problemsOf } from '../in-memory-files.ts';

const HOOK = 'https://hooks.example.com/1';

function messages(text: string): string[] {
  return problemsOf(text).map(({ path, message }) => `${path}: ${message}`);
}

describe('components', () => {
  const components = (yaml: string): string => `components:\n${yaml}`;

  it.each([
    [
      'two of one name',
      '  - name: a\n  - name: a\n',
      'components[1].name: a component of this name is there already: components[0]',
    ],
    [
      'two of one Kubernetes Deployment',
      '  - name: a\n  - { name: b, deployment: a }\n',
      'components[1].deployment: a component of this Kubernetes Deployment is there already: components[0]',
    ],
    [
      'an unknown one in after',
      '  - name: web\n  - { name: api, after: [wbe] }\n',
      'components[1].after[0]: no component of this name; did you mean web?',
    ],
    [
      'one after itself',
      '  - { name: a, after: [a] }\n',
      'components[0].after: these components wait for each other: a → a',
    ],
    [
      'a cycle',
      '  - { name: a, after: [c] }\n  - { name: b, after: [a] }\n  - { name: c, after: [b] }\n',
      'components[0].after: these components wait for each other: a → c → b → a',
    ],
    [
      'a name that Kubernetes would refuse',
      '  - name: My_App\n',
      'components[0].name: "My_App" is not a name',
    ],
    ['a name of 64 characters', `  - name: ${'a'.repeat(64)}\n`, 'is not a name'],
    [
      'an image in upper case',
      '  - { name: a, image: Shop/API }\n',
      'a repository is written in lower case',
    ],
    ['no name', '  - image: a\n', 'components[0].name: missing'],
    ['none at all', '  []\n', 'components: 0 elements; expected at least 1'],
  ])('refuses %s', (_, yaml, expected) => {
    expect(messages(components(yaml)).join('\n')).toContain(expected);
  });

  it('tells nothing of an order by a name that is unset', () => {
    const text = components('  - { name: "${UNSET}" }\n  - { name: web, after: [api] }\n');

    expect(problemsOf(text).map(({ code }) => code)).toEqual(['variable-not-set']);
  });

  it('warns of an image without tag and digest', () => {
    const { warnings } = loadText(components('  - { name: a, image: shop/a }\n'));

    expect(warnings).toMatchObject([{ path: 'components[0].image', line: 2 }]);
    expect(warnings[0]?.message).toContain('pin a tag or a digest');
  });

  it('takes at most 200', () => {
    const yaml = Array.from({ length: 201 }, (_, index) => `  - name: c${index}\n`).join('');

    expect(messages(components(yaml))).toEqual(['components: 201 elements; expected at most 200']);
  });
});

describe('canary steps', () => {
  const steps = (yaml: string): string => `canary:\n  steps:\n${yaml}`;

  it('are weight, pause and approval, in any order and number', () => {
    const { values } = loadText(
      steps(
        '    - weight: 50\n    - weight: 10\n    - pause: 500ms\n    - approval: {}\n    - weight: 0\n',
      ),
    );

    expect(values.canary?.steps).toEqual([
      { weight: 50 },
      { weight: 10 },
      { pause: '500ms' },
      { approval: {} },
      { weight: 0 },
    ]);
  });

  it.each([
    [
      'two things in one',
      '    - { weight: 1, pause: 5m }\n',
      'canary.steps[0]: a step is exactly one of weight, pause, approval; this one holds weight and pause',
    ],
    ['nothing', '    - {}\n', 'this one holds none of them'],
    [
      'an analysis',
      '    - analysis: 5m\n',
      'canary.steps[0].analysis: analysis steps are not supported yet',
    ],
    ['a weight above 100', '    - weight: 101\n', '"101" is not a whole number from 0 to 100'],
    ['a negative weight', '    - weight: -1\n', '"-1" is not a whole number from 0 to 100'],
    ['half a percent', '    - weight: 0.5\n', 'is not a whole number'],
    ['a pause without unit', '    - pause: 5\n', 'write its unit behind it, such as 30s'],
    ['a pause of 31 days', '    - pause: 31d\n', 'at most 30d'],
    ['an approval with content', '    - approval: { by: me }\n', 'no key may stand here'],
    ['none', '    []\n', 'canary.steps: 0 elements; expected at least 1'],
  ])('refuse %s', (_, yaml, expected) => {
    expect(messages(steps(yaml)).join('\n')).toContain(expected);
  });

  it('are 500 at most', () => {
    expect(messages(steps('    - weight: 1\n'.repeat(501)))).toEqual([
      'canary.steps: 501 elements; expected at most 500',
    ]);
    expect(messages(steps('    - weight: 1\n'.repeat(500)))).toEqual([]);
  });
});

describe('canary traffic', () => {
  it.each([
    '{ router: replicas }',
    '{ router: gateway-api, route: shop }',
    '{ router: nginx, ingress: shop.eu }',
  ])('takes %s', (traffic) => {
    expect(messages(`canary: { traffic: ${traffic} }\n`)).toEqual([]);
  });

  it.each([
    ['{ router: gateway-api }', 'router gateway-api needs route: its name'],
    ['{ router: nginx, route: shop }', 'route belongs to router gateway-api, not to nginx'],
    ['{ router: replicas, ingress: shop }', 'ingress belongs to router nginx, not to replicas'],
    ['{ router: istio }', '"istio" is not one of replicas, gateway-api, nginx'],
    ['{}', 'canary.traffic.router: missing'],
  ])('refuses %s', (traffic, expected) => {
    expect(messages(`canary: { traffic: ${traffic} }\n`).join('\n')).toContain(expected);
  });
});

describe('environments', () => {
  it('take every key that is named for them', () => {
    const text =
      'environments:\n  prod: { cluster: eu, namespace: shop, type: blue-green, expected_duration: 1h, on_busy: supersede, severity: warning, allow_managed: true, progress_deadline: 5m, bake: 0s, canary: { bake: 1m } }\n';

    expect(messages(text)).toEqual([]);
  });

  it.each(['Prod', 'a.b', '-a', 'a-', 'a'.repeat(64)])('refuse the name %.10s', (name) => {
    expect(problemsOf(`environments: { "${name}": {} }\n`)).toMatchObject([
      { code: 'unknown-key' },
    ]);
  });
});

describe('roles', () => {
  const roles = (role: string): string =>
    `notification:\n  slack: { webhook_url: ${HOOK}, destinations: [{ name: releases, webhook_url: ${HOOK} }] }\n  teams: { enabled: false }\nroles:\n  ops: ${role}\n`;

  it('take every key that is named for them', () => {
    const { values, warnings } = loadText(
      roles(
        '{ channels: [slack, "slack:releases"], events: [failure], environments: [production], severity: warning, quiet_hours: { from: 22:00, to: "07:00", time_zone: Asia/Seoul } }',
      ),
    );

    expect(values.roles?.ops?.quiet_hours).toEqual({
      from: '22:00',
      to: '07:00',
      time_zone: 'Asia/Seoul',
      then: 'hold',
    });
    expect(warnings).toEqual([]);
  });

  it.each([
    ['teams', 'teams is switched off, so nothing is sent there'],
    ['sms', 'sms is not configured, so nothing is sent there; add notification.sms'],
  ])('that name a channel that is off are told: %s', (channel, expected) => {
    const { warnings } = loadText(roles(`{ channels: [${channel}], events: [failure] }`));

    expect(warnings[0]).toMatchObject({
      path: 'roles.ops.channels[0]',
      line: 5,
      message: expected,
    });
  });

  it.each([
    ['slak', 'did you mean slack?'],
    ['"slack:alerts"', 'slack has no destination of this name; known: slack:releases'],
    ['"teams:x"', 'is not a channel'],
  ])('that name an unknown channel are told: %s', (channel, expected) => {
    expect(messages(roles(`{ channels: [${channel}], events: [failure] }`)).join()).toContain(
      expected,
    );
  });

  it.each([
    [
      'webhook_url',
      'webhook_url: "${UNSET}", destinations: [{ name: a, webhook_url: "https://h.example.com/1" }]',
      'slack',
    ],
    [
      'destination',
      'destinations: [{ name: "${UNSET}", webhook_url: "https://h.example.com/1" }]',
      '"slack:a"',
    ],
  ])('are told nothing of a %s that is there but unset', (_, slack, channel) => {
    const text = `notification: { slack: { ${slack} }, fallback: ${channel} }
roles: { dev: { channels: [${channel}], events: [failure] } }
`;

    expect(problemsOf(text).map(({ code }) => code)).toEqual(['variable-not-set']);
  });

  it('refuse an unknown event type', () => {
    expect(messages(roles('{ channels: [slack], events: [failures] }')).join('\n')).toContain(
      'did you mean failure?',
    );
  });
});

describe('remediation', () => {
  it('has the defaults of the documentation', () => {
    expect(loadText('remediation: { actions: { restart_pod: {} } }\n').values.remediation).toEqual({
      enabled: true,
      auto_remediate: false,
      max_attempts: 3,
      cooldown_period: 300,
      ...{ verify_for: '60s', reset_after: '1h', approval_timeout: '4h' },
      actions: { restart_pod: { enabled: true } },
    });
  });

  it('leaves an action out that is switched off', () => {
    const config = loadText('remediation: { actions: { restart_pod: { enabled: false } } }\n');

    expect(config.values.remediation?.actions).toEqual({});
    expect(config.off).toEqual(['remediation.actions.restart_pod']);
  });
});
