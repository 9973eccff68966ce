import { cleanText } from '@fairlead/domain/text';

/** On everything that we make at Datadog. */
export const MANAGED_BY = 'managed_by:fairlead';
/** https://docs.datadoghq.com/getting_started/tagging/: characters of a tag, its key among them. */
const TAG_LENGTH = 200;

/** In the order given, without those that have no value. */
export function toTags(labels: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(labels).flatMap(([key, value]) =>
    value === undefined
      ? []
      : [
          Array.from(`${key}:${cleanText(value)}`)
            .slice(0, TAG_LENGTH)
            .join(''),
        ],
  );
}
