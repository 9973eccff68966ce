import {
  allHandlersFinished,
  condition,
  continueAsNew,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { BlastRadiusInput, TurnRequest } from '@fairlead/contracts';
import { endTurnSignal, takeTurnUpdate } from '@fairlead/contracts/messages';
import { endTurn, NO_TURNS, recent, takeTurn } from '@fairlead/domain';
import type { Turns } from '@fairlead/domain';
import { upgradeByItself } from '../auto-upgrade.ts';

const LOOK_EVERY = '10m';

upgradeByItself(blastRadius);

/** Who may act in one environment, so that nothing is touched when many things fail at once. Ends when an hour is calm. */
export async function blastRadius(input: BlastRadiusInput<Turns>): Promise<void> {
  let turns = input.turns ?? NO_TURNS;
  setHandler(
    takeTurnUpdate,
    (request: TurnRequest) => {
      const taken = takeTurn(turns, request, Date.now());
      turns = taken.turns;
      return taken.answer;
    },
    { description: 'Asks whether one more may act' },
  );
  setHandler(
    endTurnSignal,
    (turn, hasActed) => {
      turns = endTurn(turns, turn, hasActed);
    },
    { description: 'It has acted' },
  );
  const isCalm = () => turns.acting.length === 0 && turns.actionsAtMs.length === 0;
  do {
    await sleep(LOOK_EVERY);
    turns = recent(turns, Date.now());
    if (workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished);
      await continueAsNew<typeof blastRadius>({ turns });
    }
  } while (!isCalm());
}
