process.stdout.write(`post: ${process.env['INPUT_POST-SAYS']} ${process.env.STATE_kept}\n`);
