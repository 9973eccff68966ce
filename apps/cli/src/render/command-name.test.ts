import { expect, it } from '@jest/globals';
import { SHELLS } from '../commands/completion.ts';
import { completionScript } from '../completion/script.ts';
import { createIo } from '../io.ts';
import { createProgram } from '../program.ts';
import { asTyped } from './command-name.ts';

/** As npx 11 and `npm run` set them. */
const NPX = { npm_command: 'exec', npm_lifecycle_event: 'npx' };
const RUN = { npm_command: 'run', npm_lifecycle_event: 'deploy' };

it.each([
  ['See `fairlead --help`.', 'See `npx fairlead --help`.'],
  [
    'Start `fairlead-worker` or `fairlead up`.',
    'Start `npx fairlead-worker` or `npx fairlead up`.',
  ],
  ['  fairlead deploy -e staging', '  npx fairlead deploy -e staging'],
  ['left\n  stop it:    fairlead abort d-1', 'left\n  stop it:    npx fairlead abort d-1'],
  [
    '  bash   source <(fairlead completion bash)',
    '  bash   source <(npx fairlead completion bash)',
  ],
  ['  zsh    fairlead completion zsh', '  zsh    npx fairlead completion zsh'],
])('writes %j so that it can be typed', (text, typed) => {
  expect(asTyped(text, NPX)).toBe(typed);
  expect(asTyped(text, RUN)).toBe(typed);
  expect(asTyped(text, {})).toBe(text);
});

it.each([
  'fairlead: no',
  'fairlead 0.1.0 (Node v24)',
  'Fairlead is up.',
  '  export FAIRLEAD_CONFIG=.fairlead/fairlead.yaml',
  '  fairlead  registry.example.com/fairlead:1  (done)',
])('leaves %j as it is', (text) => {
  expect(asTyped(text, NPX)).toBe(text);
});

it.each(SHELLS)('leaves a completion script for %s as it is', (shell) => {
  const silent = { write: () => true };
  const io = createIo({ stdout: silent, stderr: silent, env: {} });
  const script = completionScript(
    shell,
    createProgram(io, () => undefined),
  );

  expect(asTyped(script, NPX)).toBe(script);
});
