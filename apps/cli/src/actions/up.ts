import { once } from 'node:events';
import { FairleadError } from '@fairlead/client/internal/errors/fairlead-error';
import { EXIT } from '@fairlead/client/internal/errors/exit';
import { listenForInterrupts } from '../following/interrupts.ts';
import type { Io } from '../io.ts';
import { inboxMessage } from '../render/inbox-message.ts';
import { upText } from '../render/up-text.ts';
import type { Result } from '../result.ts';
import { tailFile } from '../up/inbox-tail.ts';
import { startStack } from '../up/stack.ts';
import { STOP_DEADLINE_MS } from '../up/worker-process.ts';
import type { Broken, Stack, StackOptions } from '../up/stack.ts';

const STOPPING = `Stopping; work that is on ends first, at most ${STOP_DEADLINE_MS / 1000} s. Ctrl-C again ends it now.`;

/** Runs the stack until Ctrl-C, or until a part of it ends of itself. */
export async function up(options: StackOptions, io: Io): Promise<Result> {
  const interrupts = listenForInterrupts(() => process.exit(EXIT.done));
  try {
    const stack = await startStack(options, io.env);
    const end = Promise.race([stack.broken, whenAborted(interrupts.signal)]);
    const first = await Promise.race([stack.ready.then(() => 'ready' as const), end]);
    const broken = first === 'ready' ? await serve({ stack, end, options }, io) : first;
    io.err(`${broken === undefined ? STOPPING : 'Stopping.'}\n`);
    await stack.stop();
    if (broken !== undefined) throw brokenError(broken);
    return { exitCode: EXIT.done, text: '' };
  } finally {
    interrupts.stop();
  }
}

interface Serving {
  readonly stack: Stack;
  readonly end: Promise<Broken | undefined>;
  readonly options: StackOptions;
}

/** Says what is up, and shows the sandbox's messages until the end. */
async function serve({ stack, end, options }: Serving, io: Io): Promise<Broken | undefined> {
  io.out(`${upText(facts(options, stack), io.outStyle)}\n`);
  const ended = new AbortController();
  const tail =
    stack.sandbox === undefined
      ? undefined
      : tailFile(
          stack.sandbox.inbox,
          (line) => {
            showMessage(line, io);
          },
          ended.signal,
        );
  const broken = await end;
  ended.abort();
  await tail;
  return broken;
}

function facts({ port }: StackOptions, { server: { address, uiUrl }, sandbox }: Stack) {
  return { address, uiUrl, port, sample: sandbox?.sample };
}

function showMessage(line: string, io: Io): void {
  const message = inboxMessage(line, io.outStyle);
  if (message !== undefined) io.out(`${message}\n`);
}

async function whenAborted(signal: AbortSignal): Promise<undefined> {
  if (!signal.aborted) await once(signal, 'abort');
  return undefined;
}

function brokenError({ who, how }: Broken): FairleadError {
  if (who === 'The worker' && how === EXIT.usage) {
    const message = 'The worker refuses these settings; what it said stands above.';
    return new FairleadError('configuration', EXIT.usage, message);
  }
  return new FairleadError(
    'child-ended',
    EXIT.unreachable,
    `${who} ended by itself (${how}); what it said last stands above.`,
    { details: { service: who === 'Temporal' ? 'temporal' : 'worker' } },
  );
}
