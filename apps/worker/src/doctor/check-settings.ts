import type { Check } from '@fairlead/contracts';
import type { SettingsState } from '../settings/settings-holder.ts';

/** What is in force, whether a newer file could not be read, and what the file's own rules warn of. */
export function checkSettings({ files, warnings, broken }: SettingsState): readonly Check[] {
  const name = 'worker’s configuration';
  const read = files.length === 0 ? 'none is read' : `${files.join(', ')} is in force`;
  const state: Check =
    broken === undefined
      ? { name, state: 'ok', detail: read }
      : {
          name,
          state: 'fail',
          fault: 'configuration',
          detail: `broken since ${broken.since}, what was read before is in force: ${broken.reason}`,
          mend: 'mend the file; `fairlead config validate` checks it before',
        };
  const told = warnings.map((detail): Check => ({ name, state: 'warn', detail }));
  return [state, ...told];
}
