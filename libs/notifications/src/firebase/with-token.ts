import type { AccessTokens, TokenCall } from './access-token.ts';
import type { ServiceAccount } from './service-account.ts';

interface Call<Answer> extends TokenCall {
  readonly account: ServiceAccount;
  readonly send: (token: string) => Promise<Answer>;
  /** Whether the token is what the other side does not take. */
  readonly isRefused: (answer: Answer) => boolean;
}

/** A token may be refused before its time: one more try with a fresh one, and then the answer is final. */
export async function withToken<Answer>(
  tokens: AccessTokens,
  { account, gateway, signal, send, isRefused }: Call<Answer>,
): Promise<Answer> {
  async function attempt(): Promise<Answer> {
    const token = await tokens.current(account, { gateway, signal });
    const answer = await send(token);
    if (isRefused(answer)) tokens.forget(token);
    return answer;
  }

  const first = await attempt();
  return isRefused(first) ? attempt() : first;
}
