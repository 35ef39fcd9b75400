/**
 * What differs from day to day, at hour `t` of a run of days: each day's value at its noon, on a straight line in
 * between, so that nothing jumps at midnight. Before the first noon and after the last it stays.
 * @param days one value a day
 */
export function dayToDay(days: readonly number[], t: number): number {
  const place = Math.min(days.length - 1, Math.max(0, (t - 12) / 24));
  const day = Math.floor(place);
  const here = days[day] ?? 0;
  return here + (place - day) * ((days[day + 1] ?? here) - here);
}
