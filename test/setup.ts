import fc from 'fast-check';

// The same draws at every run, so that a red test is a fault of the change and not of the day; another seed explores.
fc.configureGlobal({
  ...fc.readConfigureGlobal(),
  seed: Number(process.env['WATTMARK_FC_SEED'] ?? 20_261_123),
});
