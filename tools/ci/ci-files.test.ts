import { expect, it } from '@jest/globals';
import { createIo } from '../../apps/cli/src/io.ts';
import { createProgram } from '../../apps/cli/src/program.ts';
import { readAction, readDocumented, readTemplate } from './ci-files.ts';
import { templateJob } from './gitlab-runner.ts';

/** A program reads these, no person; or they are given by the files themselves. */
const NOT_INPUTS = ['json', 'report', 'help'];

function flagsOf(name: string): readonly string[] {
  const stream = { write: () => true };
  const program = createProgram(
    createIo({ stdout: stream, stderr: stream, env: {} }),
    () => undefined,
  );
  const options = program.commands.find((command) => command.name() === name)?.options ?? [];
  return options.flatMap(({ long }) => (typeof long !== 'string' ? [] : [long.replace('--', '')]));
}

it('takes every flag of `deploy` and of `run` as an input, at GitHub and at GitLab', () => {
  const flags = [...flagsOf('deploy'), ...flagsOf('run')].filter(
    (flag) => !NOT_INPUTS.includes(flag),
  );
  const expected = [...new Set([...flags, 'command', 'run'])].sort();

  expect(Object.keys(readAction().inputs).sort()).toEqual(expected);
  const { job, stage, image, ...inputs } = readTemplate().inputs;
  expect([job?.default, stage?.default, image]).toEqual([
    'fairlead',
    'deploy',
    { description: expect.any(String) },
  ]);
  expect(Object.keys(inputs).sort()).toEqual(expected);
});

it('runs the same script at GitHub and at GitLab, which hands on every input', () => {
  const step = readAction().runs.steps.find(({ name }) => name === 'Deploy');
  const [, { script, variables }] = templateJob({ image: 'node', environment: 'staging' });
  const variable = (name: string) => `FAIRLEAD_INPUT_${name.toUpperCase().replaceAll('-', '_')}`;
  const names = Object.keys(readAction().inputs);

  expect(script).toEqual([step?.run]);
  expect(Object.keys(variables).sort()).toEqual(['FAIRLEAD_REPORT', ...names.map(variable)].sort());
  expect(step?.env).toEqual({
    FAIRLEAD_REPORT: '${{ runner.temp }}/fairlead-report',
    ...Object.fromEntries(names.map((name) => [variable(name), `\${{ inputs.${name} }}`])),
  });
  for (const name of names) expect(step?.run).toMatch(new RegExp(`[ (]${name}[ );]`));
});

it('has no expression in any script, where text from outside would be read as shell', () => {
  for (const { run } of readAction().runs.steps) expect(run).not.toContain('${{');
  expect(readTemplate().body.split('script:')[1]).not.toContain('$[[');
});

it('documents inputs that are there, and outputs too', () => {
  const { text, steps, includes } = readDocumented();
  const names = Object.keys(readAction().inputs);

  expect(steps.map(({ inputs }) => inputs['command'] ?? 'deploy')).toEqual(['deploy', 'run']);
  for (const { inputs } of steps) {
    expect(names).toEqual(expect.arrayContaining(Object.keys(inputs)));
  }
  expect(includes.length).toBeGreaterThan(0);
  for (const { inputs } of includes) {
    expect(Object.keys(readTemplate().inputs)).toEqual(expect.arrayContaining(Object.keys(inputs)));
    expect(templateJob(inputs)[1].variables).toHaveProperty(
      'FAIRLEAD_INPUT_ENVIRONMENT',
      'staging',
    );
  }
  const outputs = [...text.matchAll(/steps\.fairlead\.outputs\.([\w-]+)/g)].map(([, name]) => name);
  expect(Object.keys(readAction().outputs)).toEqual(expect.arrayContaining(outputs));
  expect(outputs).not.toEqual([]);
});
