import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse, parseDocument } from 'yaml';

const FOLDER = fileURLToPath(new URL('../../deploy/ci/', import.meta.url));

export const ACTION_FOLDER = `${FOLDER}github`;

/** A step of a composite action that runs a script. */
export interface ActionStep {
  readonly name: string;
  readonly id?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly run: string;
}

export interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string; required?: boolean }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly ActionStep[] };
}

export function readAction(): Action {
  return parse(readFileSync(`${ACTION_FOLDER}/action.yml`, 'utf8')) as Action;
}

interface TemplateInput {
  readonly default?: string | boolean;
  readonly type?: string;
  readonly options?: readonly string[];
}

export interface TemplateJob {
  readonly variables: Readonly<Record<string, string | { value: string; expand: boolean }>>;
  readonly script: readonly string[];
  readonly artifacts: {
    readonly when: string;
    readonly paths: readonly string[];
    readonly reports: { readonly dotenv: string };
  };
}

/** GitLab's template: what it asks for, and the text that becomes jobs once inputs stand in it. */
export function readTemplate() {
  const text = readFileSync(`${FOLDER}gitlab/fairlead.yml`, 'utf8');
  const [head = '', body = ''] = text.split('\n---\n');
  const { spec } = parse(head) as { spec: { inputs: Record<string, TemplateInput> } };
  return { inputs: spec.inputs, body };
}

export function parseJobs(text: string): Readonly<Record<string, TemplateJob>> {
  const document = parseDocument(text);
  if (document.errors.length > 0) throw new Error(document.errors.join('\n'));
  return document.toJS() as Record<string, TemplateJob>;
}

/** The shell script of the Jenkins snippet's one step. */
export function readJenkinsScript(): string {
  const text = readFileSync(`${FOLDER}jenkins/Jenkinsfile`, 'utf8');
  const script = /sh '''\n([^]*?)'''/.exec(text)?.[1];
  if (script === undefined) throw new Error('the Jenkinsfile has no sh step');
  // Groovy reads a backslash in such quotes before the shell does.
  return script.replaceAll('\\\\', '\\');
}

interface Documented {
  readonly inputs: Readonly<Record<string, string>>;
}

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
}

interface Sample {
  readonly jobs?: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
  readonly include?: readonly Documented[];
}

/** What docs/pipelines.md has people copy: steps that use the action, and what includes the template. */
export function readDocumented() {
  const text = readFileSync(new URL('../../docs/pipelines.md', import.meta.url), 'utf8');
  const samples = [...text.matchAll(/```yaml\n([^]*?)```/g)].map(
    ([, sample = '']) => parse(sample) as Sample | readonly Step[],
  );
  const steps = samples.flatMap((sample) =>
    Array.isArray(sample)
      ? (sample as readonly Step[])
      : Object.values((sample as Sample).jobs ?? {}).flatMap((job) => job.steps),
  );
  const ours = steps.filter(({ uses }) => uses?.includes('/deploy/ci/github@') === true);
  const includes = samples.flatMap((sample) => ('include' in sample ? (sample.include ?? []) : []));
  return { text, steps: ours.map((step): Documented => ({ inputs: step.with ?? {} })), includes };
}
