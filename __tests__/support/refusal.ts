import { Problem } from '../../src/problems/index.ts';

/** What a person is told: the problem's code, its sentence and its fix. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
}

/** The refusal of an action, as the user reads it; `undefined` when it refuses nothing. Any other error is passed on. */
export const refusalOf = async (action: () => unknown): Promise<Refusal | undefined> => {
  try {
    await action();
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return { code: error.code, message: error.message, fix: error.fix };
    throw error;
  }
};

/** No character of it is special in any spelling, and no sentence of ours may hold it. */
export const SECRET = 'Tr0ub4dor-Zx9_kQ';
