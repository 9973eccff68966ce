import type { Preview } from '../preview.ts';
import { HIDDEN } from '../vendor/hide.ts';
import type { FirebaseOptions } from './options.ts';
import type { PushPayload } from './push-client.ts';

const HOST = 'https://fcm.googleapis.com';

/** As the library sends it. */
export function toPushPreview(
  { projectId, apiUrl }: Pick<FirebaseOptions, 'projectId' | 'apiUrl'>,
  { channel, payload }: { readonly channel: string; readonly payload: PushPayload },
): Preview {
  const host = (apiUrl ?? HOST).replace(/\/+$/, '');
  const { android, ...message } = payload;
  return {
    channel,
    method: 'POST',
    url: `${host}/v1/projects/${projectId}/messages:send`,
    headers: {
      authorization: `Bearer ${HIDDEN}`,
      'content-type': 'application/json;charset=utf-8',
    },
    body: { message: { ...message, ...(android === undefined ? {} : { android: wire(android) }) } },
  };
}

/** The library renames it. */
function wire({ collapseKey, ...rest }: NonNullable<PushPayload['android']>) {
  return { ...rest, ...(collapseKey === undefined ? {} : { collapse_key: collapseKey }) };
}
