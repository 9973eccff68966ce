// Runs one command after another as `src/main.ts` runs its one, for the process that started this one.
import { createIo } from '../src/io.ts';
import { run } from '../src/run.ts';
import type { Answer, Order } from './shell.ts';

process.on('message', (order: Order) => void carryOut(order));
// As `main.ts`: a connection that is out of reach would hold the process open.
process.on('disconnect', () => process.exit());

async function carryOut({ number, args }: Order): Promise<void> {
  let stdout = '';
  let stderr = '';
  const io = createIo({
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    env: process.env,
  });
  const exitCode = await run(args, io);
  process.send?.({ number, ended: { exitCode, stdout, stderr } } satisfies Answer);
}
