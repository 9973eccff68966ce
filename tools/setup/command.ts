import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';

export interface CommandOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Leaves the processor to others: a build takes minutes, and tests may run beside it. */
  background?: boolean;
}

/** Runs a command and answers its standard output. @throws Error with the end of its standard error. */
export function run(
  command: string,
  args: string[],
  options: CommandOptions = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const { cwd, env = process.env, background = false } = options;
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    if (background && child.pid !== undefined) {
      setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
    }
    let output = '';
    let complaint = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new Error(describeFailure(command, String(code ?? signal), complaint || output)));
    });
  });
}

function describeFailure(command: string, status: string, complaint: string): string {
  // The last lines of a compiler or of pip hold the reason.
  const reason = complaint.trim().split('\n').slice(-12).join('\n');
  return `${command} ended with ${status}: ${reason}`;
}
