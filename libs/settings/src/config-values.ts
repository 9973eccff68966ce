import type { loadFullConfig } from '@fairlead/config';

export type ConfigValues = ReturnType<typeof loadFullConfig>['values'];
