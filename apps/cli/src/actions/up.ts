import { once } from 'node:events';
import { CliError } from '../errors.ts';
import { EXIT } from '../exit.ts';
import { listenForInterrupts } from '../interrupts.ts';
import type { Io } from '../io.ts';
import { inboxMessage } from '../render/inbox-message.ts';
import { upText } from '../render/up-text.ts';
import type { Result } from '../result.ts';
import { tailFile } from '../up/inbox-tail.ts';
import { startStack } from '../up/stack.ts';
import type { Stack, StackOptions } from '../up/stack.ts';

/** Runs the stack until Ctrl-C, or until a part of it ends of itself. */
export async function up(options: StackOptions, io: Io): Promise<Result> {
  const interrupts = listenForInterrupts(() => process.exit(EXIT.done));
  try {
    const stack = await startStack(options, io.env);
    io.out(`${upText(facts(options, stack), io.outStyle)}\n`);
    const broken = await runUntilEnd(stack, interrupts.signal, io);
    io.err('Stopping.\n');
    await stack.stop();
    if (broken !== undefined) throw broken;
    return { exitCode: EXIT.done, text: '' };
  } finally {
    interrupts.stop();
  }
}

function facts(options: StackOptions, { server }: Stack) {
  const { address, uiUrl } = server;
  return {
    address,
    uiUrl,
    port: options.port,
    sandbox: options.sandbox === true,
    state: options.state,
  };
}

async function runUntilEnd(
  stack: Stack,
  interrupted: AbortSignal,
  io: Io,
): Promise<CliError | undefined> {
  const ended = new AbortController();
  const tail =
    stack.inbox === undefined
      ? Promise.resolve()
      : tailFile(stack.inbox, (line) => show(line, io), ended.signal);
  const broken = await Promise.race([
    stack.broken,
    interrupted.aborted ? undefined : once(interrupted, 'abort').then(() => undefined),
  ]);
  ended.abort();
  await tail;
  return broken === undefined ? undefined : brokenError(broken);
}

function show(line: string, io: Io): void {
  const message = inboxMessage(line, io.outStyle);
  if (message !== undefined) io.out(`${message}\n`);
}

function brokenError({ who, how }: Awaited<Stack['broken']>): CliError {
  return new CliError(
    'child-ended',
    EXIT.unreachable,
    `${who} ended by itself (${how}); what it said last stands above.`,
    { details: { service: who === 'Temporal' ? 'temporal' : 'worker' } },
  );
}
