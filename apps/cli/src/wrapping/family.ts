import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

const MARK = 'FAIRLEAD_FAMILY';
const LOOK_EVERY_MS = 100;

/**
 * A command and all that it started, known by a variable that they inherit, as Jenkins knows the processes of a build:
 * so one whose parent is gone is found too. It stays in the process group of the pipeline, for whoever kills that to
 * end it. On Linux; elsewhere a family has no members, and the command is ended alone.
 */
export class Family {
  /** Of its own: an ID that a pipeline sets for all of its steps would count them in. */
  readonly #id = randomUUID();

  /** The command's environment with the mark. */
  mark(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    return { ...env, [MARK]: this.#id };
  }

  /** Answers with how many there were. */
  signal(signal: NodeJS.Signals): number {
    const members = this.#members();
    for (const pid of members) {
      try {
        process.kill(pid, signal);
      } catch {
        // It has just ended.
      }
    }
    return members.length;
  }

  /** Again and again: what forks while it is killed has one more each time. */
  async kill(): Promise<void> {
    while (this.signal('SIGKILL') > 0) await wait(LOOK_EVERY_MS);
  }

  /** Until the last of it is gone. */
  async gone(): Promise<void> {
    while (this.#members().length > 0) await wait(LOOK_EVERY_MS);
  }

  #members(): readonly number[] {
    const entry = `${MARK}=${this.#id}`;
    return processes().filter((pid) => environmentOf(pid).includes(entry));
  }
}

function processes(): readonly number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

/** Empty for a process that has ended, and for one of another user. */
function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}
