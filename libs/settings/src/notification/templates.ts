import type { ChannelSettings } from '@fairlead/notifications';
import type { ConfigValues } from '../config-values.ts';

type Templates = NonNullable<ConfigValues['notification']>['templates'];

/** People's own words for one channel, by kind of event; nothing where there are none. */
export function templatesFor(
  channel: string,
  templates: Templates,
): Pick<ChannelSettings, 'templates'> {
  const own = Object.entries(templates ?? {}).flatMap(([kind, files]) => {
    const byChannel: Readonly<Record<string, (typeof files)[keyof typeof files]>> = files;
    const file = byChannel[channel];
    if (file === undefined) return [];
    const { title, text } = file;
    const texts = {
      ...(title === undefined ? {} : { title }),
      ...(text === undefined ? {} : { text }),
    };
    return [[kind, texts] as const];
  });
  return own.length === 0 ? {} : { templates: Object.fromEntries(own) };
}
