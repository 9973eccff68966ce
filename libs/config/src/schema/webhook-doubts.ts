/** Slack's own hosts: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */
const SLACK_HOST = /(?:^|\.)slack(?:-gov)?\.com$/;
/** Of Office 365 connectors, which Workflows took the place of. */
const CONNECTOR_HOST = /(?:^|\.)webhook\.office\.com$/;

/** Why a webhook of Slack that is a URL is still doubtful; completes "the value …". */
export function doubtSlackWebhook(value: string): string | undefined {
  const { hostname, pathname, protocol } = new URL(value);
  if (pathname === '/') return 'has no path: Slack’s key stands there, so copy the whole address';
  if (protocol === 'http:' && SLACK_HOST.test(hostname)) {
    return 'begins with http://, and its key would travel in the open; Slack’s webhooks begin with https://';
  }
  return undefined;
}

/** The same for Microsoft Teams. */
export function doubtTeamsWebhook(value: string): string | undefined {
  const { hostname } = new URL(value);
  if (SLACK_HOST.test(hostname)) {
    return 'is an address of Slack; put it under notification.slack, and the webhook of a Workflows flow here';
  }
  if (CONNECTOR_HOST.test(hostname)) {
    return 'is of an Office 365 connector, which Microsoft has retired; make the webhook of a Workflows flow';
  }
  return undefined;
}
