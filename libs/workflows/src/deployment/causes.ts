import type { DeploymentError, Doom } from '@fairlead/contracts';

/** Why a run goes back or ends. */
export interface Cause {
  readonly error?: DeploymentError;
  readonly message: string;
}

/** Several may coincide: the first error is the run's, and all are told as one. */
export class Causes {
  private readonly known: Cause[] = [];

  /** `at`: RFC 3339, when the run knew of it. */
  add({ error, message }: Cause, at: string): void {
    this.known.push(error === undefined ? { message } : { message, error: { ...error, at } });
  }

  get any(): boolean {
    return this.known.length > 0;
  }

  get message(): string {
    return this.known.map(({ message }) => message).join('; and ');
  }

  get error(): DeploymentError | undefined {
    return this.known.find(({ error }) => error !== undefined)?.error;
  }

  /** Of whichever cause has one: the way back must know of it. */
  get doom(): Doom | undefined {
    return this.known.find(({ error }) => error?.doom !== undefined)?.error?.doom;
  }
}
