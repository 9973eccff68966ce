import { isAbsolute, resolve } from 'node:path';
import type { Environment } from '../interpret/interpolate.ts';
import { readFileBounded } from '../source/file-reader.ts';
import type { FileReader } from '../source/file-reader.ts';

/** What loading a configuration needs of the world. */
export interface ConfigInputs {
  /** Paths given as `--config`, in order; empty: `FAIRLEAD_CONFIG`, then the working directory's own file. */
  readonly files: readonly string[];
  readonly env: Environment;
  /** Working directory, absolute. */
  readonly cwd: string;
  /** Default: the disk. */
  readonly readFile?: FileReader;
}

export function fileReaderOf({ readFile = readFileBounded }: ConfigInputs): FileReader {
  return readFile;
}

export function absolutePath(path: string, folder: string): string {
  return isAbsolute(path) ? path : resolve(folder, path);
}
