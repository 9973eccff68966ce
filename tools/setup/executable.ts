import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The path that an environment variable of ours names. @throws Error when there is no program at it. */
export function fromEnvironment(variable: string): string | undefined {
  const path = process.env[variable];
  if (!path) return undefined;
  if (isExecutable(path)) return path;
  throw new Error(`${variable} is ${path}, which is no executable file; correct or unset it`);
}

export function fromPath(name: string): string | undefined {
  const directories = (process.env.PATH ?? '').split(delimiter).filter((entry) => entry !== '');
  return directories.map((directory) => join(directory, name)).find(isExecutable);
}
