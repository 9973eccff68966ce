import { AdapterError } from '@fairlead/contracts';
import type { AdapterError as AdapterFailure } from '@fairlead/contracts';

export function edited(message: string): AdapterFailure {
  return new AdapterError('target-edited', message);
}

export function notFound(message: string): AdapterFailure {
  return new AdapterError('cluster-not-found', message);
}

export function conflict(message: string): AdapterFailure {
  return new AdapterError('cluster-conflict', message);
}
