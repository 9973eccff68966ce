import type { VendorAnswer } from '@fairlead/vendor';

/** What to do about an answer of Slack's, by its word or else its status; undefined where the words say it all. */
export function mendOf({ status, text }: VendorAnswer): string | undefined {
  if (text.includes('channel_not_found')) {
    return 'it finds no such channel: make a webhook for the channel that you want, and take channel and username out';
  }
  if (text.includes('channel_is_archived')) {
    return 'its channel is archived: unarchive it, or make a webhook for another and set webhook_url';
  }
  if (status === 404 || status === 410) {
    return 'the webhook is gone, or its address is not whole: make a new one and set webhook_url';
  }
  return status === 400 ? 'the plain-text form was refused too' : undefined;
}
