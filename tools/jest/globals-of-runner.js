// Has `@jest/globals`, which throws outside of Jest's own sandbox, mean what the runner gives.
import { registerHooks } from 'node:module';

const globals = new URL('./globals.js', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@jest/globals' ? { url: globals, shortCircuit: true } : next(specifier, context),
});
