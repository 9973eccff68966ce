import { describe, expect, it } from '@jest/globals';
import { catchConfigError, inputsFor } from '../in-memory-files.ts';
import { createConfigReloader } from './reload-config.ts';

// The rule of "how a file is read", section The worker.
describe('createConfigReloader', () => {
  it('takes a changed file over when it is told to read again', () => {
    const files: Record<string, string> = { 'fairlead.yaml': 'application: one\n' };
    const reloader = createConfigReloader(inputsFor(files));
    files['fairlead.yaml'] = 'application: two\n';

    const before = reloader.current().values.application;
    const result = reloader.reload();

    expect(before).toBe('one');
    expect(result.status).toBe('reloaded');
    expect(reloader.current().values.application).toBe('two');
  });

  it('keeps the old one in force when the new one is broken, until it is mended', () => {
    const files: Record<string, string> = { 'fairlead.yaml': 'application: one\n' };
    const reloader = createConfigReloader(inputsFor(files));

    files['fairlead.yaml'] = '';
    const broken = reloader.reload();
    const errorWhileBroken = reloader.lastError();
    files['fairlead.yaml'] = 'application: three\n';
    reloader.reload();

    expect(broken).toMatchObject({ status: 'kept', config: { values: { application: 'one' } } });
    expect(errorWhileBroken?.message).toBe('fairlead.yaml: the file is empty');
    expect(reloader.current().values.application).toBe('three');
    expect(reloader.lastError()).toBeUndefined();
  });

  it('fails at the start when the first reading fails', () => {
    const inputs = inputsFor({ 'fairlead.yaml': 'nonsense\n' });

    expect(catchConfigError(() => createConfigReloader(inputs))).toBeDefined();
  });
});
