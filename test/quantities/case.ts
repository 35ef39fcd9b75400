/** A trap, the text that sets it, and its reading as `tellAll` words it. */
export type Case = readonly [trap: string, text: string, reading: string];
