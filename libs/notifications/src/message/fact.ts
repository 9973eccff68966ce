import { cleanText } from '@fairlead/domain/text';

export interface MessageFact {
  readonly label: string;
  readonly value: string;
}

/** Nothing is told of what is not known. */
export function toFact([label, value]: readonly [string, string | undefined]): MessageFact[] {
  return value === undefined || value === '' ? [] : [{ label, value: cleanText(value, 4_000) }];
}
