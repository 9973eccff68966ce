import type { RuleInput } from '../schema/field-meta.ts';

/** What opens or resolves an incident. */
const PAGERDUTY: readonly string[] = [
  'deployment-failed',
  'rollback-completed',
  'deployment-completed',
];
/** What has an e-mail template. */
const MAIL: readonly string[] = [...PAGERDUTY, 'deployment-started', 'rollback-initiated'];

interface GivenConfig {
  readonly notification?: {
    readonly firebase?: { readonly notification_topics?: readonly unknown[] };
    readonly templates?: Readonly<Record<string, object>>;
  };
}

/** A template of what its channel never carries is warned of: someone wrote it to be read. */
export function templateKindRule({ value, has, warn }: RuleInput): void {
  const { firebase, templates = {} } = (value as GivenConfig).notification ?? {};
  // Topics that do not fit were reported themselves.
  const pushes =
    (firebase?.notification_topics ?? []).length > 0 ||
    (firebase?.notification_topics === undefined &&
      has(['notification', 'firebase', 'notification_topics']));
  for (const [kind, byChannel] of Object.entries(templates)) {
    const path = ['notification', 'templates', kind];
    if ('pagerduty' in byChannel && !PAGERDUTY.includes(kind)) {
      warn(
        [...path, 'pagerduty'],
        `PagerDuty is never sent ${kind}, so this template is never used; PagerDuty is sent ${PAGERDUTY.join(', ')}`,
      );
    }
    if ('firebase' in byChannel && firebase !== undefined && !pushes && !MAIL.includes(kind)) {
      warn(
        [...path, 'firebase'],
        `${kind} has no e-mail, and there are no notification_topics to push to, so this template is never used`,
      );
    }
  }
}
