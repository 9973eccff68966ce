import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseJobs, readTemplate } from './ci-files.ts';
import type { TemplateJob } from './ci-files.ts';
import { startProcess } from './ci-process.ts';

/** The variables that GitLab documents, of a job that nobody made. */
export const GITLAB = {
  CI: 'true',
  GITLAB_CI: 'true',
  CI_JOB_URL: 'https://gitlab.com/acme/shop/-/jobs/4711',
  CI_COMMIT_SHA: '0123456789012345678901234567890123456789',
  GITLAB_USER_LOGIN: 'kim',
} as const;

type Values = Readonly<Record<string, string>>;

/** The template's job: inputs stand in its text before that is YAML, as at GitLab. */
export function templateJob(inputs: Values): readonly [string, TemplateJob] {
  const template = readTemplate();
  const text = template.body.replace(/\$\[\[ inputs\.(\S+) \]\]/g, (_, name: string) => {
    const value = inputs[name] ?? template.inputs[name]?.default;
    if (value === undefined) throw new Error(`input ${name} is missing`);
    return String(value);
  });
  const [job] = Object.entries(parseJobs(text));
  if (job === undefined) throw new Error('the template has no job');
  return job;
}

/** Starts the job's script as GitLab's runner does; a cancelled job is a signal to the whole process group. */
export function startJob(
  inputs: Values,
  { cwd, env }: { readonly cwd: string; readonly env: Values },
) {
  const [, job] = templateJob(inputs);
  const script = ['set -eo pipefail', 'set +o noclobber', ': | eval "$JOB_SCRIPT"', 'exit 0'].join(
    '\n',
  );
  const process = startProcess(['bash', '-c', script], {
    cwd,
    env: { ...env, ...variablesOf(job, env), JOB_SCRIPT: job.script.join('\n') },
  });
  return {
    pid: process.pid,
    ended: process.ended.then(async (ended) => {
      const dotenv = await readFile(join(cwd, job.artifacts.reports.dotenv), 'utf8').catch(
        () => '',
      );
      return {
        ...ended,
        dotenv: parseDotenv(dotenv),
        folder: join(cwd, job.artifacts.paths[0] ?? ''),
      };
    }),
  };
}

/** `$NAME` in a value is another variable's, and empty where there is none; not with `expand: false`. */
function variablesOf({ variables }: TemplateJob, env: Values): Values {
  const entries = Object.entries(variables).map(([name, variable]) => {
    if (typeof variable !== 'string') return [name, variable.value] as const;
    return [name, variable.replace(/\$(\w+)/g, (_, other: string) => env[other] ?? '')] as const;
  });
  return Object.fromEntries(entries);
}

/** GitLab takes no empty line, no comment, and quotes as they stand. */
function parseDotenv(text: string): Values {
  const lines = text.split('\n').slice(0, -1);
  return Object.fromEntries(
    lines.map((line) => {
      const [, name, value] = /^([A-Za-z_][A-Za-z0-9_]*)=(.+)$/.exec(line) ?? [];
      if (name === undefined || value === undefined) throw new Error(`not for GitLab: ${line}`);
      return [name, value] as const;
    }),
  );
}
