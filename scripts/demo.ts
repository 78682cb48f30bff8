/**
 * `npm run demo`: the whole product on this machine, from a pasted secret to programs that connect. A real PostgreSQL with TLS is
 * started, the committed action runs as a runner would run it, then clients get what it exported and nothing else, and at last the
 * server shows a wrong certificate. Reads top to
 * bottom, like its output. Exits with 1 when anything is not as it should be; leaves no process and no file.
 */
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { type OwnBed, start } from '../__tests__/support/postgres-bed.ts';
import { RunnerDouble } from '../__tests__/support/runner-double.ts';
import { forms } from '../src/runner/forms.ts';

const PASSWORD = `c@t/d:g?#1%20&"' $HOME\\ €!`;

const say = (text = ''): void => void process.stdout.write(`${text}\n`);
const bold = (text: string) => styleText('bold', text);
const dim = (text: string) => styleText('dim', text);

let steps = 0;
const heading = (text: string): void => say(`\n${bold(`${++steps}. ${text}`)}`);
/** Text as it stands, with a bar beside it; long lines are wrapped, between words where that is possible. */
const quote = (text: string): void => {
  for (const line of text.replace(/\n$/, '').split('\n')) {
    for (const piece of line.match(/.{1,116}(?:\s|$)|.{1,116}/gu) ?? ['']) say(`   ${dim('│')} ${piece.trimEnd()}`);
  }
};

let failures = 0;
const check = (what: string, holds: boolean): boolean => {
  if (!holds) failures++;
  say(`   ${holds ? styleText('green', '✓') : styleText('red', '✗')} ${what}`);
  return holds;
};

/** Markers of the runner's log as the web page shows them. */
function shown(log: string): string {
  let inGroup = false;
  const lines: string[] = [];
  for (const line of log.split('\n')) {
    const [, marker, text = ''] = /^##\[(\w+)\](.*)$/.exec(line) ?? [];
    if (marker === 'endgroup') inGroup = false;
    else if (marker === 'group') {
      inGroup = true;
      lines.push(bold(`▾ ${text}`));
    } else if (marker === 'error') lines.push(styleText('red', `Error: ${text}`));
    else if (marker === 'warning') lines.push(styleText('yellow', `Warning: ${text}`));
    else if (marker === 'notice') lines.push(`Notice: ${text}`);
    else lines.push(inGroup ? `  ${line}` : line);
  }
  return lines.join('\n');
}

/** A step's log without what the runner itself puts first: the inputs and the environment. */
const withoutHeader = (log: string): string => log.slice(log.indexOf('##[endgroup]') + '##[endgroup]\n'.length);

/** Starts a program with these variables, `PATH`, and nothing else; gives what it printed and whether it succeeded. */
async function runClient(variables: Readonly<Record<string, string>>): Promise<{ output: string; succeeded: boolean }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'demo-client.ts')], {
    env: { PATH: process.env.PATH, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const code = await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  return { output, succeeded: code === 0 };
}

/** Everything that happens while the server runs. */
async function demonstrate(server: OwnBed): Promise<void> {
  await server.createRole('app', PASSWORD);
  await server.createDatabase('shop', 'app');
  const { rows } = await server.sql('show server_version');
  say(
    `   PostgreSQL ${rows[0].server_version} on ${server.host}:${server.port} with a role, a database, and for the role this password:`,
  );
  quote(PASSWORD);

  heading('The secret, as people paste it: a whole psql command, quotes, newline and all');
  const encoded = encodeURIComponent(PASSWORD).replaceAll("'", '%27');
  const url = `postgresql://app:${encoded}@${server.host}:${server.port}/shop?sslmode=require&channel_binding=require`;
  const secret = `psql '${url}'\n`;
  quote(secret);

  heading('The step, as a workflow has it');
  const expression = (text: string) => `$\u007b{ ${text} }}`;
  quote(`- uses: octo-org/neon-connect@v1
  with:
    connection-string: ${expression('secrets.DATABASE_URL')}
    sslrootcert: database-ca.pem
    probe: true`);

  heading('The committed action runs. This is its log, with what the runner masks');
  const runner = new RunnerDouble({ secrets: [secret] });
  copyFileSync(server.caPath, join(runner.folders.workspace, 'database-ca.pem'));
  const inputs = { 'connection-string': secret, sslrootcert: 'database-ca.pem', probe: 'true' };
  const result = await runner.step({ inputs });
  quote(shown(result.log));
  if (!check('the step succeeded', result.conclusion === 'success')) return;

  heading('What later steps find in their environment, as their logs show it');
  const width = Math.max(...Object.keys(result.env).map((name) => name.length));
  quote(
    Object.entries(result.env)
      .map(([name, value]) => `${name.padEnd(width)}  ${runner.mask(value)}`)
      .join('\n')
      .replaceAll(runner.folders.temp, '$RUNNER_TEMP'),
  );
  check('the settings are strict: PGSSLMODE is verify-full', result.env.PGSSLMODE === 'verify-full');

  heading('The job summary, as Markdown');
  quote(result.summary ?? '');
  const visible = `${result.log}\n${result.summary}`;
  const leaks = forms(PASSWORD, { user: 'app' }).filter((form) => visible.includes(form));
  check(
    `none of the ${forms(PASSWORD, { user: 'app' }).length} forms of the password is in the log or the summary`,
    leaks.length === 0,
  );

  heading('A later step: programs that have nothing but these variables, and PATH');
  const client = await runClient(result.env);
  quote(client.output);
  check('both connected with verify-full', client.succeeded);

  heading('The same step once more, when the server shows a certificate for another name');
  await server.reload({ certificate: await server.authority.issue({ names: ['db.example.com'] }) });
  const refused = await runner.step({ inputs });
  quote(shown(withoutHeader(refused.log)));
  check('the step failed, and named the cause', refused.outputs.problem === 'certificate-hostname-mismatch');
  check('it exported nothing', Object.keys(refused.env).length === 0);

  heading('The end of the job');
  const post = await result.post();
  check('the post step succeeded', post.conclusion === 'success');
  const left = readdirSync(runner.folders.temp).filter((name) => !name.startsWith('_'));
  check('the private files are gone', left.length === 0);
}

say(bold('Neon Connect: from a pasted secret to programs that connect'));

heading('A PostgreSQL server: TLS, SCRAM-SHA-256, a certificate from a private CA');
const folder = mkdtempSync(join(tmpdir(), 'demo-'));
const server = await start({ remove: [folder] });
// Everything else that is made here lies in this folder, which goes with the server, however the demo ends.
process.env.TMPDIR = folder;
try {
  await demonstrate(server);
} finally {
  await server.stop();
}
check('the server is stopped, and no file is left', ![server.directory, folder].some(existsSync));
say(failures === 0 ? styleText('green', '\nAll is well.') : styleText('red', `\n${failures} of these checks failed.`));
if (failures > 0) process.exitCode = 1;
