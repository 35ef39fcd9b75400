import packageJson from '../../package.json' with { type: 'json' };

export const VERSION: string = packageJson.version;

declare const SOURCE_HASH: string | undefined;

/** What made a result: the version, and in a built program the hash of the sources it was built from. */
export const HARNESS: string =
  typeof SOURCE_HASH === 'string' ? `wattmark ${VERSION} (sources ${SOURCE_HASH})` : `wattmark ${VERSION}`;
