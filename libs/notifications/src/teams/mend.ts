import type { VendorAnswer } from '@fairlead/vendor';

/** What to do about an answer of a flow; undefined where its words say it all. */
export function mendOf({ status }: VendorAnswer): string | undefined {
  switch (status) {
    case 400:
      return 'the plain-text form was refused too';
    case 401:
    case 403:
      return 'copy the whole URL of the flow anew, and let anyone trigger it';
    case 404:
    case 410:
      return 'the flow is gone or off: switch it on, or set webhook_url to that of another';
    default:
      return undefined;
  }
}
