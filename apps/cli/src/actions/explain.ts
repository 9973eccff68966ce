import { EXIT } from '../exit.ts';
import { queueInstead, queuedResult } from '../asking/find-queued.ts';
import type { Io } from '../io.ts';
import { explanation } from '../render/explain.ts';
import type { Result } from '../result.ts';
import { lookAt } from '../temporal/record.ts';
import { withSession } from '../temporal/with-session.ts';

export function explain(deploymentId: string, io: Io): Promise<Result> {
  return withSession(io, async (session) => {
    try {
      const { record, troubles } = await lookAt(session, deploymentId, { thorough: true });
      const text = explanation(record, { nowMs: Date.now(), style: io.outStyle, troubles });
      return { exitCode: EXIT.done, text, json: record };
    } catch (error) {
      return queuedResult(await queueInstead(session, deploymentId, error), deploymentId);
    }
  });
}
