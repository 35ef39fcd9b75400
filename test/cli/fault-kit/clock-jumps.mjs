// Loaded before a run: sets its wall clock an hour forth and back, time and again, as no time server should. The steady clock goes on.
const now = Date.now.bind(Date);
const jumps = [0, 3_600_000, -3_600_000];
let at = 0;
Date.now = () => now() + jumps[at % jumps.length];
setInterval(() => at++, 60).unref();
