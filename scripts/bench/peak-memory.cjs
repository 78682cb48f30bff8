// Loaded into a measured program with --require. Plain JavaScript and next to nothing, because it is measured too.
process.on('exit', () => require('node:fs').writeFileSync(process.env.BENCH_REPORT, String(process.resourceUsage().maxRSS)));
