import { setTimeout as wait } from 'node:timers/promises';
import type { Connection } from '@temporalio/client';
import { AdapterError, SEARCH_ATTRIBUTES } from '@fairlead/contracts';
import { GRPC_STATUS, grpcCodeOf, grpcDetailsOf } from './grpc-error.ts';

/** `INDEXED_VALUE_TYPE_KEYWORD` of temporal.api.enums.v1.IndexedValueType. */
const KEYWORD = 2;

/** Every attribute that workflows set; all are Keywords. */
export const SEARCH_ATTRIBUTE_NAMES: readonly string[] = Object.values(SEARCH_ATTRIBUTES);

/** A server reads its namespaces anew within about 10 s: https://github.com/temporalio/cli/issues/206 */
const TAKEN_WITHIN_MS = 15_000;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 1_000;
const INVALID_ARGUMENT = 3;

/** What is needed of a connection: a client's or a worker's. */
type ServerConnection = Pick<Connection, 'operatorService' | 'workflowService'>;

/**
 * Registers the attributes that the namespace lacks, waits until it takes them, and answers the names of those that were
 * lacking. Without them the server refuses every start of a workflow. Idempotent, also when several workers start at
 * once. Throws `config-invalid` with the command to run when the server forbids it or has one of another type,
 * `temporal-unreachable` when it is away or does not take them within `takenWithinMs` (milliseconds; default 15,000).
 */
export async function ensureSearchAttributes(
  connection: ServerConnection,
  namespace: string,
  { takenWithinMs = TAKEN_WITHIN_MS }: { readonly takenWithinMs?: number } = {},
): Promise<readonly string[]> {
  try {
    const missing = await missingOf(connection, namespace);
    if (missing.length > 0) await register(connection, namespace, missing);
    // When none is missing too: another process may have registered them a moment ago.
    await untilTaken(connection, namespace, takenWithinMs);
    return missing;
  } catch (error) {
    if (error instanceof AdapterError) throw error;
    throw notRegistered(error, namespace);
  }
}

/** Names that the namespace lacks, or has with another type. Throws the server's own error. */
export async function lackingSearchAttributes(
  connection: Pick<ServerConnection, 'operatorService'>,
  namespace: string,
): Promise<readonly string[]> {
  const known = await registeredIn(connection, namespace);
  return SEARCH_ATTRIBUTE_NAMES.filter((name) => known[name] !== KEYWORD);
}

async function registeredIn(
  { operatorService }: Pick<ServerConnection, 'operatorService'>,
  namespace: string,
): Promise<Readonly<Record<string, number>>> {
  const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
  return customAttributes;
}

async function missingOf(
  connection: ServerConnection,
  namespace: string,
): Promise<readonly string[]> {
  const known = await registeredIn(connection, namespace);
  const mistyped = SEARCH_ATTRIBUTE_NAMES.find((name) => (known[name] ?? KEYWORD) !== KEYWORD);
  if (mistyped !== undefined) throw otherType(mistyped, namespace);
  return SEARCH_ATTRIBUTE_NAMES.filter((name) => !(name in known));
}

/**
 * The list shows at once what was registered, while starts are refused for seconds: "no mapping defined for search
 * attribute". A query takes the same road as a start. Not covered: of several frontends only the one that answers is asked.
 */
async function untilTaken(
  connection: ServerConnection,
  namespace: string,
  takenWithinMs: number,
): Promise<void> {
  const endMs = performance.now() + takenWithinMs;
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
    const refusal = await refusalOf(connection, namespace);
    if (refusal === undefined) return;
    if (performance.now() + waitMs > endMs) throw notTaken(refusal, namespace);
    await wait(waitMs);
  }
}

async function refusalOf(
  { workflowService }: ServerConnection,
  namespace: string,
): Promise<string | undefined> {
  const query = SEARCH_ATTRIBUTE_NAMES.map((name) => `${name} IS NULL`).join(' AND ');
  try {
    await workflowService.countWorkflowExecutions({ namespace, query });
    return undefined;
  } catch (error) {
    // Anything else says nothing of the attributes: a visibility store that is away holds up no worker.
    return grpcCodeOf(error) === INVALID_ARGUMENT ? grpcDetailsOf(error) : undefined;
  }
}

async function register(
  { operatorService }: ServerConnection,
  namespace: string,
  names: readonly string[],
): Promise<void> {
  try {
    await operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(names.map((name) => [name, KEYWORD])),
    });
  } catch (error) {
    if (grpcCodeOf(error) !== GRPC_STATUS.alreadyExists) throw error;
  }
}

/** What an operator runs where the server lets nobody else do it (Temporal Cloud, a locked-down server). */
export function searchAttributeCommand(namespace: string): string {
  const flags = SEARCH_ATTRIBUTE_NAMES.map((name) => `--name ${name} --type Keyword`);
  return `temporal operator search-attribute create --namespace ${namespace} ${flags.join(' ')}`;
}

function notRegistered(error: unknown, namespace: string): AdapterError {
  const code = grpcCodeOf(error);
  const away = code === GRPC_STATUS.unavailable || code === GRPC_STATUS.deadlineExceeded;
  return new AdapterError(
    away ? 'temporal-unreachable' : 'config-invalid',
    `the search attributes of namespace ${namespace} could not be registered (${grpcDetailsOf(error)}); run: ${searchAttributeCommand(namespace)}`,
    { cause: error },
  );
}

function notTaken(refusal: string, namespace: string): AdapterError {
  return new AdapterError(
    'temporal-unreachable',
    `namespace ${namespace} does not take its search attributes yet, although they are registered (${refusal}); try again in a minute`,
  );
}

function otherType(name: string, namespace: string): AdapterError {
  return new AdapterError(
    'config-invalid',
    `search attribute ${name} of namespace ${namespace} is not of type Keyword; rename the other one, then run: ${searchAttributeCommand(namespace)}`,
  );
}
