/** The middle value; of an even number of values, the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}

export interface Row {
  readonly what: string;
  readonly is: number;
  /** The figure may be as high as this. */
  readonly budget?: number;
}

/** Figures beside their budgets, as lines of text. */
export function table(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(({ what }) => what.length));
  return rows
    .map(({ what, is, budget }) => {
      const verdict = budget === undefined ? '' : ` of ${budget.toFixed(2).padStart(6)}  ${is <= budget ? 'kept' : 'BROKEN'}`;
      return `${what.padEnd(width)}  ${is.toFixed(2).padStart(6)}${verdict}\n`;
    })
    .join('');
}
