import { setTimeout as wait } from 'node:timers/promises';
import type { Connection } from '@temporalio/client';
import { AdapterError, SEARCH_ATTRIBUTES } from '@fairlead/contracts';
import { GRPC_STATUS, grpcCodeOf, grpcDetailsOf } from './grpc-error.ts';

/** `INDEXED_VALUE_TYPE_KEYWORD` of temporal.api.enums.v1.IndexedValueType. */
const KEYWORD = 2;

/** Every attribute that workflows set; all are Keywords. */
export const SEARCH_ATTRIBUTE_NAMES: readonly string[] = Object.values(SEARCH_ATTRIBUTES);

/** A server that has registered them knows them within some seconds: its parts read them anew now and then. */
const KNOWN_WITHIN_MS = 15_000;
const LOOK_MS = 100;

/** What is needed of a connection: a client's or a worker's. */
type OperatorConnection = Pick<Connection, 'operatorService'>;

/**
 * Registers the attributes that the namespace lacks, waits until it knows them, and answers their names. Without them
 * the server refuses every start of a workflow. Idempotent, also when several workers start at once. Throws
 * `config-invalid` with the command to run when the server forbids it or has one of another type.
 */
export async function ensureSearchAttributes(
  connection: OperatorConnection,
  namespace: string,
  { knownWithinMs = KNOWN_WITHIN_MS }: { readonly knownWithinMs?: number } = {},
): Promise<readonly string[]> {
  try {
    const missing = await missingOf(connection, namespace);
    if (missing.length === 0) return missing;
    await register(connection, namespace, missing);
    await untilKnown(connection, namespace, knownWithinMs);
    return missing;
  } catch (error) {
    if (error instanceof AdapterError) throw error;
    throw notRegistered(error, namespace);
  }
}

async function missingOf(
  { operatorService }: OperatorConnection,
  namespace: string,
): Promise<readonly string[]> {
  const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
  const known: Readonly<Record<string, number>> = customAttributes;
  const mistyped = SEARCH_ATTRIBUTE_NAMES.find((name) => (known[name] ?? KEYWORD) !== KEYWORD);
  if (mistyped !== undefined) throw otherType(mistyped, namespace);
  return SEARCH_ATTRIBUTE_NAMES.filter((name) => !(name in known));
}

/** Until then a start of a workflow is refused: "no mapping defined for search attribute". */
async function untilKnown(
  connection: OperatorConnection,
  namespace: string,
  knownWithinMs: number,
): Promise<void> {
  const endMs = performance.now() + knownWithinMs;
  for (;;) {
    const missing = await missingOf(connection, namespace);
    if (missing.length === 0) return;
    if (performance.now() >= endMs) throw stillUnknown(missing, namespace);
    await wait(LOOK_MS);
  }
}

async function register(
  { operatorService }: OperatorConnection,
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

function stillUnknown(names: readonly string[], namespace: string): AdapterError {
  return new AdapterError(
    'temporal-unreachable',
    `namespace ${namespace} does not know ${names.join(', ')} yet, although they are registered; try again in a minute`,
  );
}

function otherType(name: string, namespace: string): AdapterError {
  return new AdapterError(
    'config-invalid',
    `search attribute ${name} of namespace ${namespace} is not of type Keyword; rename the other one, then run: ${searchAttributeCommand(namespace)}`,
  );
}
