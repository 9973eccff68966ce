import type { Check } from '@fairlead/contracts';
import type { MonitoringSystem } from '@fairlead/monitoring';
import type { SettingsState } from '../settings/settings-holder.ts';

/** Longest that one system may take to answer. */
const REACH_MS = 10_000;

type LookedAt = Pick<MonitoringSystem, 'name' | 'reach'>;

interface Looked {
  readonly settings: SettingsState;
  readonly systems: readonly LookedAt[];
}

/** What this worker can say of itself and of the systems that it tells. Nothing is sent to people. */
export async function checkControl({ settings, systems }: Looked): Promise<readonly Check[]> {
  return [...checkSettings(settings), ...(await Promise.all(systems.map(checkSystem)))];
}

/** What is in force, and whether a newer file could not be read. */
function checkSettings({ files, warnings, broken }: SettingsState): readonly Check[] {
  const name = 'worker’s configuration';
  const read = files.length === 0 ? 'none is read' : `${files.join(', ')} is in force`;
  const state: Check =
    broken === undefined
      ? { name, state: 'ok', detail: read }
      : {
          name,
          state: 'fail',
          detail: `broken since ${broken.since}, what was read before is in force: ${broken.reason}`,
          mend: 'mend the file; `fairlead config validate` checks it before',
        };
  const told = warnings.map((detail): Check => ({ name, state: 'warn', detail }));
  return [state, ...told];
}

async function checkSystem(system: LookedAt): Promise<Check> {
  const { name } = system;
  try {
    await system.reach(AbortSignal.timeout(REACH_MS));
    return { name, state: 'ok', detail: 'answers, and takes the credentials' };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { name, state: 'fail', detail, mend: 'see the settings of monitoring_systems' };
  }
}
