import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { SHELLS } from '../commands/completion.ts';
import { createIo } from '../io.ts';
import { createProgram } from '../program.ts';
import { completionScript } from './script.ts';

const program = createProgram(
  createIo({ stdout: { write: () => true }, stderr: { write: () => true }, env: {} }),
  () => undefined,
);

it.each(SHELLS)('knows every command and a closed set of values in %s', (shell) => {
  const script = completionScript(shell, program);

  for (const command of program.commands) expect(script).toContain(command.name());
  expect(script).toMatch(/rolling canary(?! blue-green)/);
  expect(script).not.toContain('supersede');
  expect(script).toContain('canary health promotion rollback');
});

describe('in bash itself', () => {
  const script = completionScript('bash', program);

  function complete(...words: readonly string[]): string[] {
    const quoted = words.map((word) => `'${word}'`).join(' ');
    const asked = `COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _fairlead; echo "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['-c', `${script}\n${asked}`], { encoding: 'utf8' })
      .trim()
      .split(' ');
  }

  it.each([
    [['fairlead', 'dep'], ['deploy']],
    [
      ['fairlead', 'config', ''],
      ['validate', 'show', 'schema', '--help'],
    ],
    [['fairlead', 'deploy', '-e', 'staging', '--type', 'c'], ['canary']],
    [['fairlead', 'promote', '--fu'], ['--full']],
    [['fairlead', 'pause', '--fu'], ['']],
  ])('completes %j', (words, expected) => {
    expect(complete(...words)).toEqual(expected);
  });
});
