/** When step t of a day begins, `06:15`; 24:00 closes the day. */
export function clockTime(t: number, step_min: number): string {
  const minutes = t * step_min;
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
