import type { ProblemList } from '../problem.ts';
import { decodeText, MAX_FILE_BYTES } from '../source/decode-text.ts';
import { describeReadFailure, isMissingFile } from '../source/file-reader.ts';
import { absolutePath, fileReaderOf } from './config-inputs.ts';
import type { ConfigInputs } from './config-inputs.ts';

const DEFAULT_FILES = ['fairlead.yaml', 'fairlead.yml', 'fairlead.json'] as const;

export interface FoundFile {
  /** The path as it was given. */
  readonly file: string;
  readonly text: string;
}

/** Reads what `--config` names, else `FAIRLEAD_CONFIG`, else the one file of the working directory, if any. */
export function findFiles(inputs: ConfigInputs, problems: ProblemList): FoundFile[] {
  const named = namedFiles(inputs);
  if (named.length > 0) {
    return named.flatMap((file) => readNamed({ file, inputs }, problems) ?? []);
  }
  const present = DEFAULT_FILES.filter((file) => isPresent(file, inputs));
  const [first, second] = present;
  if (first === undefined) return [];
  if (second !== undefined) {
    const message = `${present.join(' and ')} are both here; name one with --config`;
    problems.add({ code: 'file', file: second, path: '', message });
    return [];
  }
  const found = readNamed({ file: first, inputs }, problems);
  return found === undefined ? [] : [found];
}

function namedFiles({ files, env }: ConfigInputs): readonly string[] {
  if (files.length > 0) return files;
  const fromEnvironment = env.FAIRLEAD_CONFIG ?? '';
  return fromEnvironment.trim() === '' ? [] : [fromEnvironment];
}

interface ReadRequest {
  readonly file: string;
  readonly inputs: ConfigInputs;
}

function readNamed({ file, inputs }: ReadRequest, problems: ProblemList): FoundFile | undefined {
  try {
    const bytes = fileReaderOf(inputs)(absolutePath(file, inputs.cwd), MAX_FILE_BYTES);
    const decoded = decodeText(bytes, file);
    if ('text' in decoded) return { file, text: decoded.text };
    problems.add(decoded.problem);
  } catch (error) {
    problems.add({ code: 'file', file, path: '', message: describeReadFailure(error) });
  }
  return undefined;
}

function isPresent(file: string, inputs: ConfigInputs): boolean {
  try {
    fileReaderOf(inputs)(absolutePath(file, inputs.cwd), 0);
    return true;
  } catch (error) {
    return !isMissingFile(error);
  }
}
