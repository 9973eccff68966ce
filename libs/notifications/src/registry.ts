import type { NotifiedKind } from '@fairlead/contracts';
import type { DeliveryLog } from './delivery-log.ts';
import type { Destination } from './destination.ts';
import { createFirebase } from './firebase/firebase.ts';
import type { FirebaseOptions } from './firebase/options.ts';
import { createInboxChat } from './inbox/inbox-chat.ts';
import { createInboxMail } from './inbox/inbox-mail.ts';
import { createInboxMonitoring } from './inbox/inbox-monitoring.ts';
import { createLogDestination } from './log/log-destination.ts';
import type { LinkTo } from './message/message.ts';
import { withDashboard } from './message/with-dashboard.ts';
import type { DashboardLink } from './message/with-dashboard.ts';
import type { PagerdutyOptions } from './pagerduty/options.ts';
import { createPagerduty } from './pagerduty/pagerduty.ts';
import type { SlackOptions } from './slack/options.ts';
import { createSlack } from './slack/slack.ts';
import type { SmsOptions } from './sms/options.ts';
import { createSmsDestinations } from './sms/sms.ts';
import type { TeamsOptions } from './teams/options.ts';
import { createTeams } from './teams/teams.ts';
import { withTemplates } from './templates/with-templates.ts';
import type { ChannelTemplates } from './templates/with-templates.ts';

interface Common {
  /** Which kinds reach it; all when absent. */
  readonly kinds?: readonly NotifiedKind[];
}

interface SettingsByChannel {
  'inbox-mail': Common & { readonly directory: string };
  'inbox-chat': Common & { readonly directory: string };
  'inbox-monitoring': Common & { readonly directory: string };
  log: Common;
  slack: SlackOptions;
  teams: TeamsOptions;
  sms: SmsOptions;
  pagerduty: PagerdutyOptions;
  firebase: FirebaseOptions;
}

export type ChannelName = keyof SettingsByChannel;

/** A channel that the worker's settings switch on. */
export type ChannelSettings<Name extends ChannelName = ChannelName> = {
  [Each in Name]: { readonly channel: Each } & Own & SettingsByChannel[Each];
}[Name];

interface Own {
  /** People's own words by kind of event; absent: the built-in ones alone. */
  readonly templates?: ChannelTemplates;
}

export interface DestinationContext {
  readonly log: DeliveryLog;
  readonly linkTo?: LinkTo;
  readonly dashboard?: DashboardLink | undefined;
}

/** To add a channel is one folder, its settings above, and one line here. */
const FACTORIES: {
  readonly [Name in ChannelName]: (
    settings: ChannelSettings<Name>,
    context: DestinationContext,
  ) => readonly Destination[];
} = {
  'inbox-mail': (settings, context) => [createInboxMail(linked(settings, context))],
  'inbox-chat': (settings, context) => [createInboxChat(linked(settings, context))],
  'inbox-monitoring': (settings, context) => [createInboxMonitoring(linked(settings, context))],
  log: (settings, context) => [createLogDestination({ ...settings, ...context })],
  slack: (settings, context) => [createSlack(linked(settings, context))],
  teams: (settings, context) => [createTeams(linked(settings, context))],
  sms: (settings, context) => createSmsDestinations(linked(settings, context)),
  pagerduty: (settings, context) => [createPagerduty(linked(settings, context))],
  firebase: (settings, context) => createFirebase(linked(settings, context)),
};

function linked<Settings extends object>(
  settings: Settings,
  { linkTo }: DestinationContext,
): Settings & { readonly linkTo?: LinkTo } {
  return linkTo === undefined ? settings : { ...settings, linkTo };
}

/** The destinations of one channel: one for most, one for each number of SMS. */
export function createDestinations<Name extends ChannelName>(
  settings: ChannelSettings<Name>,
  context: DestinationContext,
): readonly Destination[] {
  const destinations = FACTORIES[settings.channel](settings, context);
  const { templates } = settings;
  const { linkTo, dashboard } = context;
  return destinations
    .map((one) => (templates === undefined ? one : withTemplates(one, { templates, linkTo })))
    .map((one) => (dashboard === undefined ? one : withDashboard(one, dashboard)));
}
