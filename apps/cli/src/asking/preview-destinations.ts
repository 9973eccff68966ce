import { inspectFullConfig } from '@fairlead/config';
import type { ConfigError } from '@fairlead/config';
import { createDestinations } from '@fairlead/notifications';
import type { Destination, LinkTo } from '@fairlead/notifications';
import { absenceOf, channelSettings, dashboardLink, withStandIns } from '@fairlead/settings';
import { deploymentLink, loadTemporalSettings } from '@fairlead/temporal';
import { usageError } from '@fairlead/client/internal/errors/fairlead-error';
import type { Io } from '../io.ts';
import { warnOf, warnOfNoFile } from '../warn.ts';
import { configInputs } from '@fairlead/client/internal/asking/plan';
import { CHANNELS, unknownChannel } from './unknown-channel.ts';

/** Where nobody says where the Web UI is. */
const EXAMPLE_UI = 'https://temporal.example.com';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

interface PreviewRequest {
  readonly config?: readonly string[];
  /** Of a channel or a destination; all when absent. */
  readonly channel?: string;
}

/**
 * The destinations of the configuration here. Works without the secrets' variables and files, and says which are missing.
 * @throws FairleadError where there is none of that name
 */
export function previewDestinations(request: PreviewRequest, io: Io): readonly Destination[] {
  const inspected = inspectFullConfig(configInputs(request, io));
  const { files, off, warnings } = inspected.config;
  const { values } = withStandIns(inspected);
  warnOfNoFile(files, io);
  warnOf(warnings, io);
  noteMissing(inspected.missing, io);
  const linkTo = linkOf(io);
  const all = channelSettings(values).flatMap((settings) =>
    createDestinations(settings, { log: silent, linkTo, dashboard: dashboardLink(values) }),
  );
  const { channel } = request;
  const found = channel === undefined ? all : all.filter(goesBy(channel));
  if (found.length > 0) return found;
  if (channel === undefined) {
    const given = CHANNELS.filter((name) => values.notification?.[name] !== undefined);
    if (files.length === 0) {
      throw usageError('No channel is configured, since no file was read; name one by --config.');
    }
    if (given.length === 0) {
      throw usageError('No channel is configured; add one, such as notification.slack.');
    }
    const reasons = given.map((name) => `${name} (${absenceOf({ values, off }, name)})`);
    throw usageError(`No channel is told anything: ${reasons.join(', ')}.`);
  }
  throw unknownChannel(channel, {
    absence: (wanted) => absenceOf({ values, off }, wanted),
    names: all.map(({ name }) => name),
  });
}

function noteMissing(missing: ConfigError | undefined, io: Io): void {
  const problems = missing?.problems ?? [];
  const names = new Set(problems.flatMap(({ variable }) => variable ?? []));
  const files = problems.filter(({ code }) => code === 'secret-file-absent');
  if (names.size > 0) {
    io.err(`Not set here, and hidden or shown as not-set: ${[...names].join(', ')}\n`);
  }
  if (files.length > 0) {
    const paths = files.map(({ path }) => path).join(', ');
    io.err(`No such file here, and hidden or shown as not-set: ${paths}\n`);
  }
}

/** `slack` is each of Slack's, `slack:releases` is one. */
function goesBy(wanted: string) {
  return ({ name, channel }: Destination) =>
    name === wanted || channel === wanted || name.startsWith(`${wanted}:`);
}

function linkOf({ env }: Io): LinkTo {
  const uiUrl = (env.FAIRLEAD_UI_URL ?? '').replace(/\/+$/, '') || EXAMPLE_UI;
  return deploymentLink(uiUrl, loadTemporalSettings(env).namespace) ?? (() => undefined);
}
