import type { RoleRule } from '@fairlead/notifications';
import type { ConfigValues } from '../config-values.ts';

/** Who is told of what, in the notifications' own words. */
export function roleRules({ roles }: Pick<ConfigValues, 'roles'>): readonly RoleRule[] {
  return Object.entries(roles ?? {}).map(
    ([name, { channels, events, environments, severity, quiet_hours }]) => ({
      ...{ name, channels, events },
      ...(environments === undefined ? {} : { environments }),
      ...(severity === undefined ? {} : { severity }),
      ...(quiet_hours === undefined ? {} : { quietHours: quietHoursOf(quiet_hours) }),
    }),
  );
}

type Role = NonNullable<ConfigValues['roles']>[string];

function quietHoursOf({
  time_zone,
  ...hours
}: NonNullable<Role['quiet_hours']>): NonNullable<RoleRule['quietHours']> {
  return { ...hours, timeZone: time_zone };
}
