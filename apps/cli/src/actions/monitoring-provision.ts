import { AdapterError } from '@fairlead/contracts';
import type { ProvisionChange, ProvisionVerb } from '@fairlead/contracts';
import { provision } from '@fairlead/temporal/provisioning';
import { provisionedSystems } from '../asking/provisioned-systems.ts';
import type { ProvisionOptions } from '../commands/monitoring.ts';
import { FairleadError, unreachableError } from '@fairlead/client/internal/errors/fairlead-error';
import { EXIT } from '@fairlead/client/internal/errors/exit';
import type { Io } from '../io.ts';
import { changeCounts, changesText } from '../render/changes.ts';
import type { Result } from '../result.ts';
import { bounded } from '@fairlead/client/internal/connection/bounded';
import type { Session } from '@fairlead/client/internal/connection/session';
import { withSession } from '../temporal/with-session.ts';

/** The workflow gives up by itself before; this only bounds a server that is silent. */
const TIMEOUT_MS = 6 * 60_000;

interface SystemChanges {
  readonly system: string;
  readonly changes: readonly ProvisionChange[];
}

/** A diff of every system first, then the changes: a system that is away is known before anything is changed. */
export async function monitoringProvision(
  verb: ProvisionVerb,
  options: ProvisionOptions,
  io: Io,
): Promise<Result> {
  const systems = provisionedSystems(options, io);
  return withSession(io, async (session) => {
    const askAll = (asked: ProvisionVerb) => askEach(systems, asked, { session, options, io });
    if (verb === 'apply') io.err(`${textOf('plan', await askAll('plan'))}\n`);
    const done = await askAll(verb);
    return {
      exitCode: EXIT.done,
      text: textOf(verb, done),
      json: {
        verb,
        systems: done.map(({ system, changes }) => ({
          system,
          counts: changeCounts(changes),
          changes,
        })),
      },
    };
  });
}

interface Asking {
  readonly session: Session;
  readonly options: ProvisionOptions;
  readonly io: Io;
}

async function askEach(
  systems: readonly string[],
  verb: ProvisionVerb,
  { session, options, io }: Asking,
): Promise<readonly SystemChanges[]> {
  const done: SystemChanges[] = [];
  try {
    for (const system of systems) {
      done.push({ system, changes: await ask(session, { system, verb }, options) });
    }
    return done;
  } catch (error) {
    // What was changed before it failed stays changed; a plan changed nothing.
    if (verb !== 'plan' && done.length > 0) io.err(`${textOf(verb, done)}\n`);
    throw error;
  }
}

function textOf(verb: ProvisionVerb, done: readonly SystemChanges[]): string {
  return done.map(({ system, changes }) => changesText(system, verb, changes)).join('\n\n');
}

async function ask(
  session: Session,
  { system, verb }: { readonly system: string; readonly verb: ProvisionVerb },
  { force = false, removeDuplicates = false }: { force?: boolean; removeDuplicates?: boolean },
): Promise<readonly ProvisionChange[]> {
  const { client, namespace } = session;
  const input = { system, verb, force, removeDuplicates };
  const call = { what: `the ${verb} of ${system}`, timeoutMs: TIMEOUT_MS };
  // The system's own word is an answer: what `bounded` explains is Temporal's silence.
  const answer = await bounded(session, call, () =>
    provision({ connection: client.connection, namespace, input }).catch((error: unknown) => {
      if (error instanceof AdapterError) return error;
      throw error;
    }),
  );
  if (answer instanceof AdapterError) throw told(answer);
  return answer;
}

function told(error: AdapterError): FairleadError {
  if (error.retryable) return unreachableError(error.message, { cause: error });
  return new FairleadError(error.type, EXIT.usage, error.message, { cause: error });
}
