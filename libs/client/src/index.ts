export { FairleadError } from './errors/fairlead-error.ts';
