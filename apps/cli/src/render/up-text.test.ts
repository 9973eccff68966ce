import { expect, it } from '@jest/globals';
import { createStyle } from './style.ts';
import { upText } from './up-text.ts';

const style = createStyle(false);
const facts = {
  address: '127.0.0.1:7233',
  uiUrl: 'http://127.0.0.1:8233',
  port: 7233,
  sample: undefined,
};

it('prints addresses and the next commands', () => {
  const text = upText(facts, style);

  expect(text).toMatch(/Temporal +127\.0\.0\.1:7233\n.*http:\/\/127\.0\.0\.1:8233/);
  expect(text).not.toContain('export');
});

it('prints what other shells need when the port is not Temporal’s own', () => {
  const text = upText({ ...facts, address: '127.0.0.1:9000', port: 9000 }, style);

  expect(text).toContain('export TEMPORAL_ADDRESS=127.0.0.1:9000');
});

it('points a sandbox’s commands at its configuration', () => {
  const text = upText({ ...facts, sample: '/x/.fairlead/fairlead.yaml' }, style);

  expect(text).toContain('export FAIRLEAD_CONFIG=/x/.fairlead/fairlead.yaml');
  expect(text).toContain('crashloop-2');
});
