import type { Io } from '../io.ts';
import { plain } from '@fairlead/client/internal/words/plain';
import { listTargets } from '@fairlead/client/internal/targets/targets';
import type { Session } from '@fairlead/client/internal/connection/session';

interface Asked {
  readonly environment?: string | undefined;
  readonly application?: string | undefined;
}

/** Where nothing is found, a name that Temporal does not know is mostly a slip. */
export async function warnOfUnknownTarget(session: Session, asked: Asked, io: Io): Promise<void> {
  if (asked.environment === undefined && asked.application === undefined) return;
  const targets = await listTargets(session, undefined);
  for (const part of ['environment', 'application'] as const) {
    const name = asked[part];
    const known = [...new Set(targets.map((target) => target[part]))];
    if (name === undefined || known.includes(name)) continue;
    const list = known.length === 0 ? 'there is no target yet' : `known: ${known.join(', ')}`;
    io.err(
      `${io.errStyle.yellow('warning')} nothing was ever deployed with ${part} ${plain(name)}; ${plain(list)}\n`,
    );
  }
}
