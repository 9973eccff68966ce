import type { Io } from '../io.ts';
import { connect } from '@fairlead/client/internal/connection/connect';
import type { Session } from '@fairlead/client/internal/connection/session';

export async function withSession<T>(io: Io, run: (session: Session) => Promise<T>): Promise<T> {
  const session = await connect(io.env);
  try {
    return await run(session);
  } finally {
    await session.close();
  }
}
