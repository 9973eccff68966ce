import { once } from 'node:events';
import { createServer } from 'node:net';
import { usageError } from '@fairlead/client/internal/errors/fairlead-error';

/** A server of someone else on the port would answer in the place of ours. */
export async function assertPortFree(port: number, flag: string): Promise<void> {
  const probe = createServer();
  try {
    probe.listen(port, '127.0.0.1');
    await once(probe, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw usageError(
      `Port ${port} cannot be had (${code}); is another \`fairlead up\` or Temporal running? Choose another with ${flag}.`,
    );
  }
  probe.close();
  await once(probe, 'close');
}
