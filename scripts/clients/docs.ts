import type { Row } from './run.ts';
export function writeDocs(_root: string, _result: { postgresql: string; rows: readonly Row[] }): void {}
