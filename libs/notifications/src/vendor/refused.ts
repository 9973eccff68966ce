import { AdapterError } from '@fairlead/contracts';
import { rejection } from '@fairlead/vendor';
import type { VendorAnswer } from '@fairlead/vendor';

/** What a vendor refused, with what to do about it there. */
export function refused(
  name: string,
  answer: VendorAnswer,
  mend: string | undefined,
): AdapterError {
  const error = rejection(name, answer);
  if (mend === undefined) return error;
  return new AdapterError(error.type, `${error.message}; ${mend}`);
}
