import { randomBytes } from 'node:crypto';

/** Bytes of a trace's id, and of a span's. */
export const OF_TRACE = 16;
export const OF_SPAN = 8;

export const newId = (bytes: number): string => randomBytes(bytes).toString('hex');
