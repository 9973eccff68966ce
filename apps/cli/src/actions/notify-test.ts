import { randomUUID } from 'node:crypto';
import { notifyTestWorkflowId } from '@fairlead/contracts';
import { awaitTest } from '../asking/await-test.ts';
import type { TestEnd } from '../asking/await-test.ts';
import { detectCaller } from '@fairlead/client/internal/asking/caller';
import { loadRouting, warnOfEnvironment } from '../asking/destinations.ts';
import { testDestinations } from '../asking/test-destinations.ts';
import { testMessages } from '../asking/test-message.ts';
import type { NotifyTestOptions } from '../commands/notify.ts';
import { EXIT } from '@fairlead/client/internal/errors/exit';
import type { ExitCode } from '@fairlead/client/internal/errors/exit';
import type { Io } from '../io.ts';
import { laterLines } from '../render/later.ts';
import { receiptCounts, receiptsText } from '../render/receipts.ts';
import { troubleWords } from '../render/trouble.ts';
import type { Result } from '../result.ts';
import { withSession } from '../temporal/with-session.ts';

export async function notifyTest(options: NotifyTestOptions, io: Io): Promise<Result> {
  const { environment } = options;
  const routing = loadRouting(options, io);
  if (environment !== undefined) warnOfEnvironment(environment, routing, io);
  const input = testMessages({
    testId: `test-${randomUUID()}`,
    destinations: testDestinations(routing, options),
    environment: environment ?? 'test',
    actor: detectCaller(io.env).actor,
    at: new Date(),
  });
  return withSession(io, async (session) => {
    const note = (text: string) => {
      io.err(`${text}\n`);
    };
    const end = await awaitTest(session, input, { note });
    return testResult(notifyTestWorkflowId(input.deploymentId), end, io);
  });
}

function testResult(workflowId: string, { receipts, troubles }: TestEnd, io: Io): Result {
  const text = [
    receiptsText(receipts, io.outStyle),
    ...troubles.map((trouble) => io.outStyle.red(troubleWords(trouble))),
    ...laterLines(receipts),
  ].join('\n');
  const counts = receiptCounts(receipts);
  return { exitCode: exitOf(receipts), text, json: { workflowId, counts, receipts, troubles } };
}

/** One that may have arrived, or was withheld for a reason, is told in its receipt and is no failure. */
function exitOf(receipts: TestEnd['receipts']): ExitCode {
  const states = receipts.map(({ state }) => state);
  if (states.includes('dead')) return EXIT.failed;
  return states.includes('pending') ? EXIT.goesOn : EXIT.done;
}
