import type { Highs, Model as HighsModel, ModelStatusCode } from 'highs';
import { explainInfeasible, explainUnbounded } from './infeasible.ts';
import type { Model, NoOptimum, Optimum, Solution } from './model.ts';
import { toModelData } from './model-data.ts';

/** The solver failed or gave up: neither an optimum nor a proof that there is none. */
export class SolverError extends Error {
  override readonly name = 'SolverError';
}

export interface SolveOptions {
  /** Seconds before giving up with a SolverError. */
  time_limit_s?: number;
  /** Relative distance of a mixed-integer optimum from its proven bound. */
  relative_gap?: number;
  /** HiGHS adds this to the diagonal of a quadratic program, which moves its optimum. Default 1e-7. */
  regularisation?: number;
}

let loading: Promise<void> | undefined;
let highs: Highs | undefined;

/** Loads HiGHS (WebAssembly) once for the process, about 40 ms; afterwards every solve is synchronous. */
export function loadSolver(): Promise<void> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

const TRAPS = ['uncaughtException', 'unhandledRejection', 'exit'] as const;

async function load(): Promise<void> {
  const before = TRAPS.map((event) => new Set(process.rawListeners(event)));
  // The package's types describe its CommonJS build, whose default export sits one level deeper.
  const loader = (await import('highs')).default as unknown as () => Promise<Highs>;
  highs = await loader();
  // Emscripten builds may trap the process's own errors; a solver must not decide how a program ends.
  TRAPS.forEach((event, i) => {
    for (const listener of process.rawListeners(event))
      if (!before[i].has(listener)) process.removeListener(event, listener as () => void);
  });
}

/** Linear program. @throws SolverError when the solver was not loaded, fails or meets its time limit */
export function solveLp(model: Model, options: SolveOptions = {}): Solution {
  return solve(model, options);
}

/**
 * Mixed-integer linear program, to a proven relative gap of 1e-7 unless another is given. Whole columns come out
 * whole; the others and the duals are those of the linear program left when the whole columns are fixed.
 */
export function solveMip(model: Model, options: SolveOptions = {}): Solution {
  return solve(model, options, (given) => {
    const outcome = run(given, options);
    if (typeof outcome === 'string' || !given.columns.some(({ integer }) => integer)) return outcome;
    const columns = given.columns.map(({ integer, ...column }, j) => {
      const whole = Math.round(outcome.x[j]);
      return integer ? { ...column, lower: whole, upper: whole } : column;
    });
    const fixed = run({ ...given, columns }, options);
    return typeof fixed === 'string' ? outcome : fixed;
  });
}

/** Solves by `attempt` and turns the two ways of having no optimum into reasons. */
export function solve(model: Model, options: SolveOptions, attempt: Attempt = run): Solution {
  refuseNonsense(model);
  const outcome = attempt(model, options);
  if (outcome === 'infeasible') return explainInfeasible(model, quickly);
  if (outcome === 'unbounded') return unbounded(model, options);
  return outcome;
}

/** A reason may be rough, but must not keep anyone waiting: without one in time there is none. */
function quickly(relaxed: Model): Outcome {
  for (const relative_gap of [1e-6, 0.01]) {
    try {
      return run(relaxed, { relative_gap, time_limit_s: 3 });
    } catch (error) {
      if (!(error instanceof SolverError)) throw error;
    }
  }
  return 'infeasible';
}

export type Outcome = Optimum | 'infeasible' | 'unbounded';
export type Attempt = (model: Model, options: SolveOptions) => Outcome;

/** One solve by HiGHS of a model as it stands. */
export function run(model: Model, options: SolveOptions): Outcome {
  return guarded((solver) => {
    if (model.columns.length === 0) return withoutColumns(model);
    const instance = solver.createModel(toModelData(model));
    try {
      const whole = model.columns.some((column) => column.integer);
      instance.options.set({
        output_flag: false,
        time_limit: options.time_limit_s ?? 60,
        mip_rel_gap: options.relative_gap ?? 1e-7,
        mip_abs_gap: 1e-6,
        qp_regularization_value: options.regularisation ?? 1e-7,
      });
      const kind = decide(solver, instance, whole ? WHOLE : isQuadratic(model) ? QUADRATIC : LINEAR);
      if (kind === 'unclear') return settle(solver, model, options);
      if (kind !== 'optimal') return kind;
      const solution = instance.getSolution();
      return {
        status: 'optimal',
        objective: instance.getObjectiveValue(),
        x: solution.colValue,
        row_dual: whole ? new Float64Array(model.rows.length) : solution.rowDual,
        column_dual: whole ? new Float64Array(model.columns.length) : solution.colDual,
      };
    } finally {
      instance.dispose();
    }
  });
}

const isQuadratic = ({ columns }: Model): boolean => columns.some(({ square_cost }) => square_cost);

/**
 * Ways of solving, in order, until two agree that there is no optimum or one has found it: where limits meet to the
 * last digit, presolve calls models infeasible that are not, and the simplex method may end undecided.
 */
const LINEAR = [
  { presolve: 'choose', solver: 'choose' },
  { presolve: 'off' },
  { presolve: 'on', solver: 'ipm' },
];
const QUADRATIC = [{ presolve: 'choose' }, { presolve: 'off' }];
// Measured on unit commitments of 5 × 8 to 20 × 24: both cost more than they save, by four to twenty times.
const WHOLE = [{ presolve: 'off', mip_heuristic_run_feasibility_jump: false }];

function decide(
  solver: Highs,
  instance: HighsModel,
  ways: readonly Record<string, string | boolean>[],
): Kind {
  const verdicts: Kind[] = [];
  let last: ModelStatusCode = solver.constants.modelStatus.notSet;
  for (const way of ways) {
    instance.clearSolver();
    instance.options.set(way);
    instance.run();
    last = instance.getModelStatus();
    const kind = classify(solver, last);
    if (kind === 'optimal') return kind;
    if (kind && (verdicts.includes(kind) || ways.length === 1)) return kind;
    if (kind) verdicts.push(kind);
  }
  if (verdicts.length > 0) return verdicts[0];
  const name = Object.entries(solver.constants.modelStatus).find(([, code]) => code === last)?.[0];
  throw new SolverError(`the solver ended without an optimum: ${name ?? last}`);
}

/** HiGHS calls a model without columns empty, whatever its rows ask. */
function withoutColumns({ rows, offset }: Model): Outcome {
  if (rows.some(({ lower, upper }) => lower > 0 || upper < 0)) return 'infeasible';
  const none = new Float64Array(0);
  return {
    status: 'optimal',
    objective: offset,
    x: none,
    row_dual: new Float64Array(rows.length),
    column_dual: none,
  };
}

type Kind = 'optimal' | 'infeasible' | 'unbounded' | 'unclear';

/** @returns undefined where the run decided nothing */
function classify(solver: Highs, status: ModelStatusCode): Kind | undefined {
  const codes = solver.constants.modelStatus;
  switch (status) {
    case codes.optimal:
    case codes.empty:
      return 'optimal';
    case codes.infeasible:
      return 'infeasible';
    case codes.unbounded:
      return 'unbounded';
    case codes.unboundedOrInfeasible:
      return 'unclear';
    case codes.timeLimit:
      throw new SolverError('the solver met its time limit');
    default:
      return undefined;
  }
}

/** Presolve may leave "infeasible or unbounded" open: without an objective only infeasibility is left. */
function settle(solver: Highs, model: Model, options: SolveOptions): 'infeasible' | 'unbounded' {
  const bare: Model = {
    ...model,
    columns: model.columns.map(({ square_cost: _, ...column }) => ({ ...column, cost: 0 })),
  };
  const instance = solver.createModel(toModelData(bare));
  try {
    instance.options.set({ output_flag: false, time_limit: options.time_limit_s ?? 60 });
    instance.run();
    return classify(solver, instance.getModelStatus()) === 'infeasible' ? 'infeasible' : 'unbounded';
  } finally {
    instance.dispose();
  }
}

/** The direction along which cost falls for ever: an optimum of the model boxed in by ±1 around any ray. */
function unbounded(model: Model, options: SolveOptions): NoOptimum {
  return explainUnbounded(model, (ray) => run(ray, options));
}

/**
 * Runs one synchronous use of the solver. An error from inside the package is rethrown as ours: thrown on, it
 * would make Node print the package's one line of 160 kB as the place of the fault.
 */
export function guarded<T>(use: (solver: Highs) => T): T {
  if (!highs) throw new SolverError('the solver is not loaded: await loadSolver() first');
  try {
    return use(highs);
  } catch (error) {
    if (error instanceof SolverError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new SolverError(`the solver failed: ${message.slice(0, 300)}`);
  }
}

function refuseNonsense(model: Model): void {
  for (const column of model.columns) {
    if (!Number.isFinite(column.cost) || !Number.isFinite(column.square_cost ?? 0))
      throw new RangeError(`${column.name}: cost is not a finite number`);
    if ((column.square_cost ?? 0) < 0)
      throw new RangeError(`${column.name}: a negative square cost is not convex`);
    if (Number.isNaN(column.lower) || Number.isNaN(column.upper))
      throw new RangeError(`${column.name}: a bound is not a number`);
  }
  for (const row of model.rows) {
    if (Number.isNaN(row.lower) || Number.isNaN(row.upper) || row.terms.some(([, a]) => !Number.isFinite(a)))
      throw new RangeError(`${row.name}: a bound or coefficient is not a number`);
  }
}
