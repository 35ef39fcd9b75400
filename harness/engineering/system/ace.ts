/**
 * Area control error as NERC reports it: ACE = (NI_A − NI_S) − 10 B (F_A − F_S), with the frequency bias B in MW per
 * 0.1 Hz, a negative number. Exports count positive. Below 0 the area generates too little. Meter error is left out.
 */
export function aceNerc(area: {
  ni_actual_mw: number;
  ni_scheduled_mw: number;
  bias_mw_per_0_1_hz: number;
  f_actual_hz: number;
  f_scheduled_hz: number;
}): number {
  if (!(area.bias_mw_per_0_1_hz <= 0))
    throw new RangeError('the frequency bias is negative in this convention, MW per 0.1 Hz');
  return (
    area.ni_actual_mw -
    area.ni_scheduled_mw -
    10 * area.bias_mw_per_0_1_hz * (area.f_actual_hz - area.f_scheduled_hz)
  );
}

/**
 * The same error as tie-line bias control is written in China and in continental Europe: ACE = ΔP_tie + K Δf with K in
 * MW/Hz above 0, ΔP_tie = actual − scheduled export. K = −10 B makes both equal.
 */
export function aceTieLine(area: { tie_deviation_mw: number; k_mw_per_hz: number; df_hz: number }): number {
  if (!(area.k_mw_per_hz >= 0)) throw new RangeError('K is from 0 up in this convention, MW/Hz');
  return area.tie_deviation_mw + area.k_mw_per_hz * area.df_hz;
}

export interface AgcUnit {
  name: string;
  p_mw: number;
  p_min_mw: number;
  p_max_mw: number;
  ramp_mw_per_min: number;
  /** Share of the correction, before limits. */
  participation: number;
}

/**
 * Set-points that correct an area control error within some minutes: each unit moves by its participation, and what a
 * unit cannot give for its limits or its ramp goes to those with room left, in the same proportions.
 * @returns outputs by unit, and the part of the correction nobody could give
 */
export function agcDispatch(
  units: readonly AgcUnit[],
  ace_mw: number,
  minutes: number,
): { p_mw: number[]; uncorrected_mw: number } {
  const wanted = -ace_mw;
  const room = units.map((unit) =>
    wanted > 0
      ? Math.min(unit.p_max_mw - unit.p_mw, unit.ramp_mw_per_min * minutes)
      : Math.min(unit.p_mw - unit.p_min_mw, unit.ramp_mw_per_min * minutes),
  );
  const moved = units.map(() => 0);
  let rest = Math.abs(wanted);
  for (let open = openUnits(); rest > 1e-9 && open.length > 0; open = openUnits()) {
    const total = open.reduce((sum, i) => sum + (units[i] as AgcUnit).participation, 0);
    const part = rest;
    for (const i of open) {
      const take = Math.min(
        (room[i] as number) - (moved[i] as number),
        (part * (units[i] as AgcUnit).participation) / total,
      );
      moved[i] = (moved[i] as number) + take;
      rest -= take;
    }
  }
  const sign = Math.sign(wanted);
  return {
    p_mw: units.map((unit, i) => unit.p_mw + sign * (moved[i] as number)),
    uncorrected_mw: rest < 1e-9 ? 0 : rest,
  };

  function openUnits(): number[] {
    return units.flatMap((unit, i) =>
      unit.participation > 0 && (room[i] as number) - (moved[i] as number) > 1e-9 ? [i] : [],
    );
  }
}
