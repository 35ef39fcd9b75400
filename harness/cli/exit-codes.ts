/** What a shell learns from a command's end. Documented in the README; scripts rely on it. */
export const EXIT = {
  done: 0,
  /** `gate` says the new run is worse. */
  regressed: 1,
  /** Usage or suite error: nothing was asked. */
  usage: 2,
  /** The run ended with samples that nobody could score: a provider or judge failed. Resume retries them. */
  unscored: 3,
  /** `gate` cannot tell. */
  inconclusive: 4,
  /** Stopped by Ctrl-C, a budget or a full disk; resume goes on. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
