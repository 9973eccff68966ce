import type { Doom } from '@fairlead/contracts';

/** Leaves the forward road from wherever it is; never crosses the workflow's edge. */
export class DoomedError extends Error {
  override readonly name = 'DoomedError';
  readonly doom: Doom;

  constructor(doom: Doom) {
    super(doom.message);
    this.doom = doom;
  }
}
