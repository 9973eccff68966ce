import { Context } from '@temporalio/activity';
import type { StateActivities, TargetState } from '@fairlead/contracts';

export interface RecordingStates extends StateActivities {
  /** As each system has it now, by system and application; a forgotten one is not there. */
  readonly held: Map<string, TargetState>;
  /** All that was published, in order. */
  readonly published: { readonly system: string; readonly state: TargetState }[];
  /** Decides what becomes of a publication: throw, hang, or let it pass. */
  before: (system: string, state: TargetState) => Promise<void>;
}

/** Systems that keep the last state of each target. */
export function createRecordingStates(): RecordingStates {
  const states: RecordingStates = {
    held: new Map(),
    published: [],
    before: () => Promise.resolve(),
    async publishState({ system, state }) {
      await states.before(system, state);
      states.published.push({ system, state });
      states.held.set(`${system}/${state.application}`, state);
      return { attempt: Context.current().info.attempt };
    },
    forgetState({ system, application }) {
      states.held.delete(`${system}/${application}`);
      return Promise.resolve();
    },
  };
  return states;
}
