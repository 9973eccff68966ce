import type { RuleInput } from '../schema/field-meta.ts';

interface GivenSlack {
  readonly destinations?: readonly ({ readonly name?: string } | undefined)[];
}

interface GivenConfig {
  readonly notification?: Readonly<Record<string, unknown>> & {
    readonly fallback?: string;
    readonly templates?: Readonly<Record<string, object>>;
  };
  readonly roles?: Readonly<
    Record<string, { readonly channels?: readonly (string | undefined)[] }>
  >;
}

/** A role, the fallback or a template that names a channel which does not exist, or is off, is told. */
export function channelReferenceRule(input: RuleInput): void {
  const config = input.value as GivenConfig;
  for (const [role, { channels = [] }] of Object.entries(config.roles ?? {})) {
    for (const [index, channel] of channels.entries()) {
      if (channel !== undefined) checkReference(channel, ['roles', role, 'channels', index], input);
    }
  }
  const { fallback, templates = {} } = config.notification ?? {};
  if (fallback !== undefined) checkReference(fallback, ['notification', 'fallback'], input);
  for (const [kind, byChannel] of Object.entries(templates)) {
    for (const channel of Object.keys(byChannel)) {
      isThere(channel, ['notification', 'templates', kind, channel], input);
    }
  }
}

function checkReference(
  reference: string,
  path: readonly (string | number)[],
  input: RuleInput,
): void {
  const { value, has, show, report } = input;
  const [channel = '', destination] = reference.split(':');
  if (!isThere(channel, path, input) || channel !== 'slack') return;
  const settings = (value as GivenConfig).notification?.[channel] as GivenSlack;
  const slack = ['notification', 'slack'];
  const names = (settings.destinations ?? []).map((_, index) =>
    show([...slack, 'destinations', index, 'name']),
  );
  const hasWebhook = has([...slack, 'webhook_url']) || has([...slack, 'webhook_url_file']);
  checkSlack({ settings, destination, names, hasWebhook }, (message) => {
    report(path, message);
  });
}

/** Warns where it is not. */
function isThere(
  channel: string,
  path: readonly (string | number)[],
  { value, has, warn }: RuleInput,
): boolean {
  if (!has(['notification', channel])) {
    warn(
      path,
      `${channel} is not configured, so nothing is sent there; add notification.${channel}`,
    );
    return false;
  }
  if ((value as GivenConfig).notification?.[channel] !== undefined) return true;
  warn(path, `${channel} is switched off, so nothing is sent there`);
  return false;
}

interface SlackReference {
  readonly settings: GivenSlack;
  readonly destination: string | undefined;
  /** Of the destinations, as they may be shown. */
  readonly names: readonly string[];
  /** Whether one is there at all: why it does not fit is told where it stands. */
  readonly hasWebhook: boolean;
}

function checkSlack(
  { settings, destination, names, hasWebhook }: SlackReference,
  report: (message: string) => void,
): void {
  const known = names.map((name) => `slack:${name}`).join(', ');
  if (destination === undefined) {
    if (names.length === 0 || hasWebhook) return;
    report(`slack has no webhook_url of its own; name one of ${known}`);
    return;
  }
  // One whose name does not fit was reported itself, and may be the one that is meant.
  const mayExist = (settings.destinations ?? []).some(
    (given) => given?.name === undefined || given.name === destination,
  );
  if (mayExist) return;
  const hint = names.length === 0 ? 'slack has no destinations' : `known: ${known}`;
  report(`slack has no destination of this name; ${hint}`);
}
