import type { RoleRule } from '@fairlead/notifications';
import type { ConfigValues } from '../config-values.ts';

/** Who is told of what, in the notifications' own words. */
export function roleRules({ roles }: Pick<ConfigValues, 'roles'>): readonly RoleRule[] {
  return Object.entries(roles ?? {}).map(
    ([name, { channels, events, environments, severity }]) => ({
      ...{ name, channels, events },
      ...(environments === undefined ? {} : { environments }),
      ...(severity === undefined ? {} : { severity }),
    }),
  );
}
