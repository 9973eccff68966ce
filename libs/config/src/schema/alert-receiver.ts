import { ISSUE_KINDS } from '@fairlead/contracts';
import type { z } from 'zod';
import { fieldMeta } from './field-meta.ts';
import { block, choice, listOf, mapOf, switchField, text, textSchema } from './fields.ts';
import { name } from './names.ts';
import { receiverEvents as events } from './receiver-events.ts';
import { secretKey } from './secret-fields.ts';

/** More is another alert manager's work. */
const MAX_RULES = 200;
const MAX_LABELS = 50;
/** Labels of Prometheus are short; what is longer is a text in the wrong place. */
const MAX_LABEL = 200;
/** A host name or IPv4 address, or an IPv6 address in brackets; and a port. */
const LISTEN = /^(?:\[[0-9a-fA-F:.]+\]|[\w.-]+):\d{1,5}$/;
const MAX_PORT = 65_535;

const listen = textSchema({ pattern: LISTEN })
  .refine((value) => Number(value.split(':').at(-1)) <= MAX_PORT)
  .describe('HOST:PORT that alerts and events are taken on. Default: 127.0.0.1:9095.')
  .register(fieldMeta, { kind: 'text', expected: 'HOST:PORT, such as 0.0.0.0:9095' });

const rule = block('Which alerts are which issue, and where they say what it is about.', {
  match: mapOf(
    {
      key: label('Name of a label.'),
      value: text({
        description: 'What the label must be, to the letter.',
        expected: 'the text of a label',
      }),
    },
    { description: 'Labels that an alert must have, all of them.', min: 1, max: MAX_LABELS },
  ),
  issue: choice(ISSUE_KINDS, 'The issue that such an alert is a report of.'),
  workload_label: label(
    'Label that names the Kubernetes Deployment. Default: deployment, or else workload.',
  ).optional(),
  pod_label: label('Label that names the pod. Default: pod.').default('pod'),
  namespace_label: label('Label that names the namespace. Default: namespace.').default(
    'namespace',
  ),
  environment: name('Environment of all such alerts, whatever their labels say.').optional(),
  environment_label: label(
    'Label that names the environment; where it is not there, the namespace decides. Default: environment.',
  ).default('environment'),
  application_label: label(
    'Label that names the application; where it is not there, it is `application`. Default: application.',
  ).default('application'),
});

export const alertReceiver = block(
  'Takes the webhooks of Alertmanager and Grafana at POST /alerts, and reports what they say as issues; at POST /events what other tools tell of their deployments.',
  {
    listen: listen.default('127.0.0.1:9095'),
    bearer_token: secretKey('Token that senders show: `Authorization: Bearer TOKEN`.'),
    rules: listOf(rule, {
      description:
        'Asked in order before the built-in ones; the first that matches an alert decides.',
      max: MAX_RULES,
    }).optional(),
    built_in_rules: switchField(
      'Whether the usual alerts of kube-prometheus are known without a rule. Default: true.',
    ).default(true),
    events: events.optional(),
  },
);

function label(description: string): z.ZodString {
  return text({ description, expected: 'the name of a label', max: MAX_LABEL });
}
