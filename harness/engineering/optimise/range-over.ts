import type { Model, Term } from './model.ts';
import { toModelData } from './model-data.ts';
import { guarded } from './solver.ts';

export interface Range {
  low: number;
  high: number;
}

/**
 * The least and greatest value each linear form (no column named twice) takes over the model's feasible set (its own costs are ignored),
 * infinite where nothing bounds it. One solver instance serves all forms, so that each starts from the last basis.
 * @returns undefined where the set is empty
 */
export function rangeOver(model: Model, forms: readonly (readonly Term[])[]): Range[] | undefined {
  return guarded((solver) => {
    const bare = {
      ...model,
      offset: 0,
      columns: model.columns.map((column) => ({ ...column, cost: 0, square_cost: 0 })),
    };
    const instance = solver.createModel(toModelData(bare));
    const codes = solver.constants.modelStatus;
    try {
      instance.options.set({ output_flag: false, presolve: 'off' });
      const end = (): number | 'unbounded' | undefined => {
        instance.run();
        const status = instance.getModelStatus();
        if (status === codes.optimal || status === codes.empty) return instance.getObjectiveValue();
        // The basis at which an unbounded run stopped may leave the next one undecided.
        instance.clearSolver();
        return status === codes.unbounded || status === codes.unboundedOrInfeasible ? 'unbounded' : undefined;
      };
      const extreme = (form: readonly Term[], sign: 1 | -1): number | undefined => {
        for (const [column, value] of form) instance.changeColCost(column, sign * value);
        const value = end() ?? end();
        for (const [column] of form) instance.changeColCost(column, 0);
        return value === 'unbounded' ? -sign * Infinity : value === undefined ? undefined : sign * value;
      };
      const ranges: Range[] = [];
      for (const form of forms) {
        const low = extreme(form, 1);
        const high = extreme(form, -1);
        if (low === undefined || high === undefined) return undefined;
        ranges.push({ low, high });
      }
      return ranges;
    } finally {
      instance.dispose();
    }
  });
}
