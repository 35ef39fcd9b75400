import { judgeRequests, scoreReply } from '../../../checkers/score-reply.ts';
import type { Scoring } from '../../../run/scoring.ts';

/** The checkers, as the run engine takes them. */
export const scoring: Scoring = { judgeRequests, score: scoreReply };
