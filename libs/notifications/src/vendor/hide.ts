/** Stands in a preview where a secret would. */
export const HIDDEN = '[hidden]';

/** With fewer digits the last four would be most of the number. */
const LONG_ENOUGH = 8;

/** A phone number by its last four digits, as the names of SMS destinations have them. */
export function hideNumber(number: string): string {
  const digits = number.replace(/\D/g, '');
  return digits.length < LONG_ENOUGH ? HIDDEN : HIDDEN + digits.slice(-4);
}

/** The address of a webhook, whose path is its password; a gateway before it is not. */
export function hideWebhook(webhookUrl: string, apiUrl: string | undefined): string {
  const host = apiUrl ?? URL.parse(webhookUrl)?.origin;
  return host === undefined ? HIDDEN : `${host.replace(/\/+$/, '')}/${HIDDEN}`;
}
