import type { RuleInput } from '../schema/field-meta.ts';

interface GivenSlack {
  readonly webhook_url?: unknown;
  readonly destinations?: readonly ({ readonly name?: string } | undefined)[];
}

interface GivenConfig {
  readonly notification?: Readonly<Record<string, unknown>> & { readonly fallback?: string };
  readonly roles?: Readonly<
    Record<string, { readonly channels?: readonly (string | undefined)[] }>
  >;
}

/** A role, or the fallback, that names a channel which does not exist, or is off, is told. */
export function channelReferenceRule(input: RuleInput): void {
  const config = input.value as GivenConfig;
  for (const [role, { channels = [] }] of Object.entries(config.roles ?? {})) {
    for (const [index, channel] of channels.entries()) {
      if (channel !== undefined) checkReference(channel, ['roles', role, 'channels', index], input);
    }
  }
  const { fallback } = config.notification ?? {};
  if (fallback !== undefined) checkReference(fallback, ['notification', 'fallback'], input);
}

function checkReference(
  reference: string,
  path: readonly (string | number)[],
  { value, has, report, warn }: RuleInput,
): void {
  const [channel = '', destination] = reference.split(':');
  const { notification } = value as GivenConfig;
  if (!has(['notification', channel])) {
    warn(
      path,
      `${channel} is not configured, so nothing is sent there; add notification.${channel}`,
    );
    return;
  }
  const settings = notification?.[channel] as GivenSlack | undefined;
  if (settings === undefined) {
    warn(path, `${channel} is switched off, so nothing is sent there`);
    return;
  }
  if (channel === 'slack') checkSlack(settings, destination, { path, report });
}

function checkSlack(
  settings: GivenSlack,
  destination: string | undefined,
  { path, report }: { path: readonly (string | number)[]; report: RuleInput['report'] },
): void {
  const names = (settings.destinations ?? []).flatMap((given) => given?.name ?? []);
  if (destination === undefined) {
    if (names.length === 0 || settings.webhook_url !== undefined) return;
    report(
      path,
      `slack has no webhook_url of its own; name one of ${names.map(toReference).join(', ')}`,
    );
    return;
  }
  if (names.includes(destination)) return;
  const known =
    names.length === 0
      ? 'slack has no destinations'
      : `known: ${names.map(toReference).join(', ')}`;
  report(path, `slack has no destination of this name; ${known}`);
}

function toReference(name: string): string {
  return `slack:${name}`;
}
