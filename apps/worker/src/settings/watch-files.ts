import { statSync } from 'node:fs';

/** Looked at again after so long. A mounted ConfigMap changes by a link that is swapped, which only a look notices. */
const EVERY_MS = 2_000;

export interface FileWatch {
  /** Watches these and no others. A file that is not there yet is waited for. */
  follow(files: readonly string[]): void;
  close(): void;
}

/** Calls back when a file changed, came or went. Keeps no process alive. */
export function createFileWatch(onChange: () => void, everyMs = EVERY_MS): FileWatch {
  let seen = new Map<string, string>();

  function look(): void {
    const now = looksOf([...seen.keys()]);
    const changed = [...now].some(([file, stamp]) => seen.get(file) !== stamp);
    seen = now;
    if (changed) tell();
  }

  /** What is thrown out of a timer ends the process. */
  function tell(): void {
    try {
      onChange();
    } catch (error) {
      process.emitWarning(`a changed file could not be followed: ${String(error)}`);
    }
  }

  const timer = setInterval(look, everyMs);
  timer.unref();
  return {
    follow(files) {
      seen = looksOf(files);
    },
    close() {
      clearInterval(timer);
    },
  };
}

function looksOf(files: readonly string[]): Map<string, string> {
  return new Map(files.map((file) => [file, stampOf(file)]));
}

/** One that cannot be looked at (a loop of links, no permission, a stale mount) is waited for like one that is away. */
function stampOf(file: string): string {
  try {
    const { ino, mtimeMs, size } = statSync(file);
    return `${ino}/${mtimeMs}/${size}`;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  }
}
