import type { z } from 'zod';
import type { Network } from '../../engineering/grid/network.ts';

export interface CalcOption {
  /** As commander takes it: `--convention <pm|mp>`. */
  flags: string;
  describe: string;
  default?: string;
}

interface CalcBase {
  /** As typed after `wattmark calc`: `dc-opf`. */
  name: string;
  group: 'grid' | 'optimisation' | 'faults' | 'system' | 'forecast' | 'carbon';
  /** One line for the list. */
  summary: string;
  options?: readonly CalcOption[];
  /** A whole command line that works as it stands. */
  example: string;
}

/** A calculation of the engineering library as the terminal offers it. `run` returns plain JSON data. */
export type Calc =
  | (CalcBase & {
      /** A MATPOWER case file, or the name of a built-in network. */
      input: 'network';
      run(network: Network, options: Readonly<Record<string, string>>): unknown;
    })
  | (CalcBase & {
      /** One JSON object: a file, or the text itself. With `rows`, a CSV of many gives an array of results. */
      input: 'json';
      schema: z.ZodType;
      rows?: boolean;
      // biome-ignore lint/suspicious/noExplicitAny: what `schema` made of the input.
      run(input: any, options: Readonly<Record<string, string>>): unknown;
    });
