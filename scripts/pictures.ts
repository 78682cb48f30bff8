/**
 * `npm run pictures`: draws the pictures of the README from real runs against a real server: the job summary and the annotation of a failure, light
 * and dark. The texts are the run's own; the frame imitates GitHub's page. Needs Chromium, as `chromium` or in the variable CHROMIUM.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from '../__tests__/support/postgres-bed.ts';
import { RunnerDouble, type StepResult } from '../__tests__/support/runner-double.ts';

const PASSWORD = 'c@t/d:g?#1%20';
const THEMES = {
  light: {
    page: '#ffffff',
    text: '#1f2328',
    line: '#d1d9e0',
    code: '#818b981f',
    muted: '#59636e',
    panel: '#f6f8fa',
    red: '#d1242f',
  },
  dark: {
    page: '#0d1117',
    text: '#f0f6fc',
    line: '#3d444d',
    code: '#656c7633',
    muted: '#9198a1',
    panel: '#151b23',
    red: '#f85149',
  },
};
type Theme = (typeof THEMES)[keyof typeof THEMES];

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const page = (theme: Theme, body: string): string => `<!doctype html><meta charset="utf-8"><style>
body { margin: 0; padding: 16px; background: ${theme.page}; color: ${theme.text}; font: 14px/1.5 "Liberation Sans", Arial, sans-serif }
h3 { margin: 0 0 14px; font-size: 1.25em } p { margin: 0 0 12px } details { margin-bottom: 6px } header { margin-bottom: 12px; color: ${theme.muted} }
table { border-collapse: collapse; margin: 0 0 14px } td { padding: 5px 12px; border: 1px solid ${theme.line} } tr:nth-child(2n) { background: ${theme.panel} }
code { padding: .2em .4em; border-radius: 6px; background: ${theme.code}; font: 85% "DejaVu Sans Mono", monospace }
section { padding: 10px 14px; border: 1px solid ${theme.line}; border-left: 4px solid ${theme.red}; border-radius: 6px } b { display: block } i { color: ${theme.red}; font-style: normal }
</style>${body}`;

const summaryOf = ({ summary = '' }: StepResult): string =>
  `<header>test summary</header>${summary.replace(/^```[\s\S]*?^```$/gm, '')}`;

function failureOf({ annotations }: StepResult): string {
  const { title = '', message } = annotations.find(({ type }) => type === 'error') as StepResult['annotations'][number];
  return `<header>Annotations &nbsp; <i>1 error</i></header><section><b><i>⊗</i> ${escaped(title)}</b>${escaped(message)}</section>`;
}

const server = await start();
const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
try {
  await server.createRole('app', PASSWORD);
  await server.createDatabase('shop', 'app');
  const run = async (password: string, clients: string): Promise<StepResult> => {
    const secret = `postgresql://app:${encodeURIComponent(password)}@${server.host}:${server.port}/shop?sslmode=verify-full`;
    const runner = new RunnerDouble({ secrets: [secret] });
    copyFileSync(server.caPath, join(runner.folders.workspace, 'ca.pem'));
    const result = await runner.step({ inputs: { 'connection-string': secret, sslrootcert: 'ca.pem', probe: 'true', clients } });
    runner.dispose();
    return result;
  };
  const pictures = [
    { name: 'summary', height: 840, body: summaryOf(await run(PASSWORD, 'psql, node-postgres, django')) },
    { name: 'failure', height: 200, body: failureOf(await run('an old password', '')) },
  ];
  for (const { name, height, body } of pictures) {
    for (const [theme, colours] of Object.entries(THEMES)) {
      const html = join(folder, `${name}-${theme}.html`);
      writeFileSync(html, page(colours, body));
      const picture = join(import.meta.dirname, '..', 'docs', 'pictures', `${name}-${theme}.png`);
      const size = ['--force-device-scale-factor=1.25', `--window-size=720,${height}`];
      const options = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', ...size, `--screenshot=${picture}`];
      execFileSync(process.env.CHROMIUM ?? 'chromium', [...options, `file://${html}`], { stdio: 'ignore' });
      process.stdout.write(`docs/pictures/${name}-${theme}.png\n`);
    }
  }
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
