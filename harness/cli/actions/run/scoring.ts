import { judgeRequests, scoreReply } from '../../../checkers/score-reply.ts';
import type { JudgingMode } from '../../../core/checker.ts';
import type { Scoring } from '../../../run/scoring.ts';

/** The checkers, as the run engine takes them. */
export const scoringBy = (mode: JudgingMode): Scoring => ({
  judgeRequests: (sample, reply) => judgeRequests(sample, reply, mode),
  score: scoreReply,
});

/** For scoring again: no judge is asked. */
export const scoring: Scoring = scoringBy({});
