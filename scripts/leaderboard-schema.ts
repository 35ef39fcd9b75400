// Rewrites results/leaderboard.schema.json from the zod schema: npx tsx scripts/leaderboard-schema.ts
import { writeFileSync } from 'node:fs';
import { leaderboardSchemaText } from '../harness/report/leaderboard/schema.ts';

writeFileSync(new URL('../results/leaderboard.schema.json', import.meta.url), leaderboardSchemaText());
