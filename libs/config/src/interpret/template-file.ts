import { checkTemplate, TEMPLATE_FIELDS, TEMPLATE_TEXTS, TEXT_LIMITS } from '@fairlead/domain/text';
import type { MessageTemplate, TemplateFault } from '@fairlead/domain/text';
import { showKey } from '../key-path.ts';
import { nearest } from '../nearest.ts';
import { ProblemList } from '../problem.ts';
import type { TemplateFile } from '../schema/template-file.ts';
import { decodeText } from '../source/decode-text.ts';
import { describeReadFailure } from '../source/file-reader.ts';
import { parseSource } from '../source/parse-source.ts';
import type { MapEntry, MapNode } from '../source/source-node.ts';
import { describeKind } from '../source/source-node.ts';
import type { InterpretContext } from './context.ts';
import { quote } from './found.ts';
import { reject, subject } from './interpret-value.ts';
import type { ScalarInput } from './interpret-value.ts';

/** Far more than any message holds. */
const MAX_TEMPLATE_BYTES = 64 * 1024;
/** More than this of one file's faults helps nobody. */
const MAX_FAULTS = 10;
const FIELDS = Object.keys(TEMPLATE_FIELDS);

/** Reads and checks people's own template now, and not at the first message. What is wrong is reported. */
export function interpretTemplateFile(
  input: ScalarInput,
  context: InterpretContext,
): TemplateFile | undefined {
  const file = context.resolvePath(input.resolved.text, input.node.position);
  if (context.lenient) return { file };
  context.secretFiles.add(file);
  const { template, faults } = readTemplate(file, context);
  for (const fault of faults.slice(0, MAX_FAULTS)) {
    reject(input, context, `the template ${subject(input)}${fault}`);
  }
  return faults.length > 0 ? undefined : { file, ...template };
}

interface ReadTemplate {
  readonly template: MessageTemplate;
  /** What is wrong with it; completes "the template X". */
  readonly faults: readonly string[];
}

function readTemplate(file: string, { readFile }: InterpretContext): ReadTemplate {
  try {
    const bytes = readFile(file, MAX_TEMPLATE_BYTES);
    if (bytes.byteLength > MAX_TEMPLATE_BYTES) return faulty(' is larger than 64 KiB');
    const decoded = decodeText(bytes, file);
    if ('problem' in decoded) return faulty(`: ${decoded.problem.message}`);
    return parseTemplate(file, decoded.text);
  } catch (error) {
    return faulty(`: ${describeReadFailure(error)}`);
  }
}

function parseTemplate(file: string, text: string): ReadTemplate {
  const problems = new ProblemList();
  const map = parseSource({ file, text }, problems);
  if (map === undefined || !problems.isEmpty) {
    const hint = UNQUOTED.test(text) ? '; put a text that begins with {{ in quotes' : '';
    return faulty(
      ...problems.items.map(({ line = 1, message }) => `, line ${line}: ${message}${hint}`),
    );
  }
  return readTexts(map);
}

/** YAML takes it for a map. */
const UNQUOTED = /^\s*["']?(?:title|text)["']?\s*:\s*\{\{/mu;

function readTexts(map: MapNode): ReadTemplate {
  const texts = [...map.entries].map(([key, entry]) => readText(key, entry));
  const faults = [
    ...texts.flatMap((one) => one.faults),
    ...(texts.length === 0 ? [' holds neither title nor text'] : []),
  ];
  return {
    template: Object.assign({}, ...texts.map((one) => one.template)) as MessageTemplate,
    faults,
  };
}

function readText(key: string, { keyPosition, value }: MapEntry): ReadTemplate {
  const at = TEMPLATE_TEXTS.find((name) => name === key);
  if (at === undefined) return faulty(`, line ${keyPosition.line}: ${unknownKey(key)}`);
  const place = `, line ${value.position.line}, ${at}: `;
  if (value.kind !== 'scalar') return faulty(`${place}expected text, found ${describeKind(value)}`);
  const template = { [at]: value.text };
  return { template, faults: checkTemplate(template).map((fault) => place + explain(fault)) };
}

function unknownKey(key: string): string {
  const near = nearest(key, TEMPLATE_TEXTS);
  if (near !== undefined) return `unknown key ${key}; did you mean ${near}?`;
  return `unknown key ${showKey(key)}; known here: ${TEMPLATE_TEXTS.join(', ')}`;
}

function explain(fault: TemplateFault): string {
  switch (fault.fault) {
    case 'unknown-field': {
      const near = nearest(fault.field, FIELDS);
      const hint = near === undefined ? `known: ${FIELDS.join(', ')}` : `did you mean {{${near}}}?`;
      return `${quote(`{{${fault.field}}}`)} is no field; ${hint}`;
    }
    case 'open-field':
      return '`{{` begins a field, which is a name and `}}`: {{error}}';
    case 'too-long':
      return `longer than ${TEXT_LIMITS[fault.at].whole} characters, and would always be cut`;
    case 'blank':
      return fault.at === 'title'
        ? 'the title is blank where a run has none of its fields; put words of your own into it, or {{application}}'
        : 'the text is blank';
  }
}

function faulty(...faults: readonly string[]): ReadTemplate {
  return { template: {}, faults };
}
