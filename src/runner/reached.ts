import type { Proof } from '../probe/types.ts';
import { code, html, table } from './summary.ts';

/** What a successful probe leaves for the job. */
export interface Reached {
  /** The heading of the summary. */
  readonly title: string;
  readonly sections: readonly string[];
  readonly outputs: readonly (readonly [name: string, value: string])[];
}

/** Spells a proof for the job. */
export const reachedBy = (proof: Proof): Reached => ({
  title: `Reached PostgreSQL ${proof.serverVersion}`.trim(),
  sections: [factTable(proofFacts(proof)), stagePicture(proof.stages)],
  outputs: [
    ['probe-ms', String(Math.round(proof.ms))],
    ['server-version', proof.serverVersion],
    ['tls-version', proof.tlsVersion ?? ''],
  ],
});

const proofFacts = ({ tlsVersion, certificate, address, attempts }: Proof): [string, string][] => [
  ['Address', address],
  ['TLS', tlsVersion ?? 'none'],
  ...(certificate === undefined
    ? []
    : ([
        ['Certificate of', certificate.subject],
        ['Issued by', certificate.issuer],
        ['Valid until', certificate.validTo.toISOString().slice(0, 10)],
      ] as [string, string][])),
  ...(attempts > 1 ? ([['Attempts', String(attempts)]] as [string, string][]) : []),
];

/** Rows of a name and a value, such as the server's version or the issuer of its certificate. */
export const factTable = (facts: Iterable<readonly [name: string, value: string]>): string =>
  table(Array.from(facts, ([name, value]) => [html(name), code(value)]));

/** A stage of the probe and how long it took. */
export interface Timing {
  readonly stage: string;
  /** Milliseconds. */
  readonly ms: number;
}

/** The stages as bars, each beginning where the one before ended, 40 cells for the whole. */
export function stagePicture(timings: readonly Timing[]): string {
  const width = 40;
  const total = timings.reduce((sum, { ms }) => sum + Math.max(ms, 0), 0);
  let before = 0;
  const rows = timings.map(({ stage, ms }) => {
    const cell = (time: number): number => (total === 0 ? 0 : Math.min(width - 1, Math.floor((time / total) * width)));
    const start = cell(before);
    before += Math.max(ms, 0);
    const length = Math.max(1, (total === 0 ? 0 : Math.min(width, Math.round((before / total) * width))) - start);
    const bar = `${'·'.repeat(start)}${'█'.repeat(length)}${'·'.repeat(Math.max(0, width - start - length))}`;
    return [html(stage), code(bar), `${formatMs(ms)}&nbsp;ms`];
  });
  return table([...rows, ['in all', '', `${formatMs(total)}&nbsp;ms`]]);
}

const formatMs = (ms: number): string => (ms < 10 ? ms.toFixed(1) : String(Math.round(ms)));
