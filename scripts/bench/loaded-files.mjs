// Loaded into a program with --import: at its end, writes which files it loaded as modules, one URL a line.
import { writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const loaded = [];
registerHooks({
  load(url, context, next) {
    if (url.startsWith('file:')) loaded.push(url);
    return next(url, context);
  },
});
process.on('exit', () => writeFileSync(process.env.BENCH_REPORT, loaded.join('\n')));
