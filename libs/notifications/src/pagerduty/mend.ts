import type { VendorAnswer } from '@fairlead/vendor';

/** What to do about what PagerDuty refuses; undefined where its words say it all. */
export function mendOf({ status, text }: VendorAnswer): string | undefined {
  if (/routing.?key/i.test(text)) return 'take the integration key of the service anew';
  if (/requester|from header/i.test(text)) return 'set from_email to a user of the account';
  return status === 400 ? 'the plain-text form was refused too' : undefined;
}
