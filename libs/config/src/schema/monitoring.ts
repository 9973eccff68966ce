import { prometheusRule } from '../rules/prometheus-rule.ts';
import { block, listOf, switchField, text } from './fields.ts';
import { secretKey } from './secret-fields.ts';
import { serviceUrl } from './url.ts';

const NO_CREDENTIALS = 'leave user and password out';
const HANDLE = /^@[\w.+@/-]+$/;
const HOST_NAME = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)+$/;

const enabled = switchField('Whether the system is used. Default: true.').default(true);
const provision = switchField(
  'Create and update dashboards and alerts when the worker starts. Default: false.',
).default(false);

const datadog = block('Datadog: events, metrics, dashboards and monitors.', {
  enabled,
  api_key: secretKey('API key.'),
  app_key: secretKey('Application key.'),
  site: text({
    description: 'Datadog site that the keys belong to. Default: datadoghq.com.',
    expected: 'a host name such as datadoghq.eu',
    pattern: HOST_NAME,
  }).default('datadoghq.com'),
  api_url: serviceUrl(
    'Where calls go in place of the site, for a proxy or gateway. Default: the site’s own.',
    NO_CREDENTIALS,
  ).optional(),
  dora: switchField('Send deployment and failure events to DORA Metrics. Default: false.').default(
    false,
  ),
  notify: listOf(
    text({
      description: 'A handle, as @slack-ops, @pagerduty-shop or @kim@example.com.',
      expected: 'a handle that begins with @',
      pattern: HANDLE,
    }),
    {
      description: 'Who is told by every monitor, beside Fairlead’s own messages. Default: nobody.',
      max: 20,
    },
  ).optional(),
  provision,
});

const prometheus = block(
  'Prometheus with Pushgateway, Alertmanager and Grafana; each is used where its URL is given.',
  {
    enabled,
    pushgateway_url: serviceUrl(
      'Pushgateway.',
      'give pushgateway_username and pushgateway_password',
    ).optional(),
    pushgateway_username: text({
      description: 'User for basic authentication at the Pushgateway.',
      expected: 'a user name',
    }).optional(),
    pushgateway_password: secretKey('Password of that user.').optional(),
    prometheus_url: serviceUrl(
      'Prometheus itself, to be asked for metrics.',
      'give prometheus_username and prometheus_password',
    ).optional(),
    prometheus_username: text({
      description: 'User for basic authentication at Prometheus.',
      expected: 'a user name',
    }).optional(),
    prometheus_password: secretKey('Password of that user.').optional(),
    alertmanager_url: serviceUrl(
      'Alertmanager, version 2 of its API.',
      'give alertmanager_username and alertmanager_password',
    ).optional(),
    alertmanager_members: listOf(
      serviceUrl(
        'Another member of its cluster.',
        'give alertmanager_username and alertmanager_password',
      ),
      {
        description: 'The other members of its cluster: alerts go to each. Default: none.',
        max: 10,
      },
    ).optional(),
    alertmanager_username: text({
      description: 'User for basic authentication at Alertmanager.',
      expected: 'a user name',
    }).optional(),
    alertmanager_password: secretKey('Password of that user.').optional(),
    alertmanager_silence: switchField(
      'Silence other alerts of a target while its canary runs. Default: false.',
    ).default(false),
    grafana_url: serviceUrl('Grafana.', 'give grafana_api_key').optional(),
    grafana_api_key: secretKey('Token of a Grafana service account.').optional(),
    provision,
  },
  prometheusRule,
);

const cdevents = block('An event bus or portal that takes CDEvents as CloudEvents over HTTP.', {
  enabled,
  url: serviceUrl('Where the events are posted.', 'give token'),
  token: secretKey('Token that is shown as `Authorization: Bearer TOKEN`.').optional(),
});

export const monitoringSystems = block('Where events and metrics go.', {
  datadog: datadog.optional(),
  prometheus: prometheus.optional(),
  cdevents: cdevents.optional(),
  runbook_url: serviceUrl(
    'Where you keep the runbook (docs/runbook.md), a link in each alert; its section is added behind #. Default: no link.',
    NO_CREDENTIALS,
  ).optional(),
});
