// Loaded into a measured program with --require. Plain JavaScript and next to nothing, because it is measured too.
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  require('node:fs').writeFileSync(
    process.env.BENCH_REPORT,
    JSON.stringify({ memory: maxRSS, cpu: userCPUTime + systemCPUTime }),
  );
});
