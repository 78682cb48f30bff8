import { ConninfoError, parseConninfo } from '../../src/connection/conninfo.ts';
import { REFUSED } from './cases/case.ts';

type Outcome = Readonly<Record<string, string>> | typeof REFUSED;

/** libpq's answer in the form of the case tables; a message means that it refused. */
export const asObject = (answer: Map<string, string> | string): Outcome =>
  typeof answer === 'string' ? REFUSED : Object.fromEntries(answer);

/** Our answer in the same form. */
export function ours(text: string): Outcome {
  try {
    return asObject(parseConninfo(text));
  } catch (error) {
    if (error instanceof ConninfoError) return REFUSED;
    throw error;
  }
}
