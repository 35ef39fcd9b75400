/** Pictures of a sample's data on a run's page: series over time, and networks laid out by springs. */
export const RUN_DRAWING = `
const COLOURS = ['#0b6a58', '#c2571a', '#3b62b5', '#9a2f6f', '#6d7a12', '#57626b'];

function seriesPlot(plot) {
  const width = 900, height = 300, left = 56, right = 864, top = 14, bottom = 252;
  const lists = [...plot.series.map((s) => s.values), ...(plot.band ? [plot.band.low, plot.band.high] : [])];
  const values = lists.flat().filter((v) => v !== null);
  if (values.length === 0) return el('p', { class: 'soft' }, t('unknown'));
  const least = Math.min(...values), most = Math.max(...values);
  const pad = (most - least || Math.abs(most) || 1) * 0.05;
  const low = least >= 0 && least < 0.3 * most ? 0 : least - pad, high = most + pad;
  const n = plot.times.length;
  const x = (i) => (n < 2 ? (left + right) / 2 : left + (i / (n - 1)) * (right - left));
  const y = (v) => bottom - ((v - low) / (high - low)) * (bottom - top);
  const path = (list) => {
    let down = false, d = '';
    list.forEach((v, i) => { if (v === null) { down = false; return; } d += (down ? 'L' : 'M') + x(i).toFixed(1) + ' ' + y(v).toFixed(1); down = true; });
    return d;
  };
  const tidy = (v) => String(Number(v.toPrecision(3)));
  const marks = [0, 0.25, 0.5, 0.75, 1].map((share) => low + share * (high - low));
  const every = Math.max(1, Math.ceil(n / 8));
  const band = plot.band && plot.band.low.flatMap((v, i) => (v === null || plot.band.high[i] === null ? [] : [i]));
  const area = band && band.length > 1 && band.map((i, k) => (k ? 'L' : 'M') + x(i).toFixed(1) + ' ' + y(plot.band.high[i]).toFixed(1)).join('') + [...band].reverse().map((i) => 'L' + x(i).toFixed(1) + ' ' + y(plot.band.low[i]).toFixed(1)).join('') + 'Z';
  const told = plot.series.map((s) => { const known = s.values.filter((v) => v !== null); return s.name + ': ' + tidy(Math.min(...known)) + DASH + tidy(Math.max(...known)) + ' ' + plot.unit; }).join('; ');
  const windows = (plot.windows || []).map((w) => w.name + ' ' + plot.times[w.from] + DASH + plot.times[w.to]).join('; ');
  return el('figure', {}, el('figcaption', {}, plot.title + (plot.unit ? ', ' + plot.unit : '')),
    svg('svg', { viewBox: '0 0 ' + width + ' ' + height, width, height, role: 'img', 'aria-label': plot.title + '. ' + told + (windows ? '. ' + windows : '') },
      (plot.windows || []).map((w) => svg('g', {}, svg('title', {}, w.name), svg('rect', { class: 'window', x: x(w.from) - 3, width: Math.max(6, x(w.to) - x(w.from) + 6), y: top, height: bottom - top }))),
      marks.map((v) => [svg('line', { class: 'axis', x1: left, x2: right, y1: y(v), y2: y(v) }), svg('text', { x: left - 6, y: y(v) + 4, 'text-anchor': 'end' }, tidy(v))]),
      plot.times.map((time, i) => i % every === 0 && svg('text', { x: x(i), y: bottom + 18, 'text-anchor': 'middle' }, time)),
      area && svg('path', { class: 'band', d: area }),
      plot.series.map((s, k) => { const line = svg('path', { class: 'line', d: path(s.values) }); line.style.stroke = COLOURS[k % COLOURS.length]; return line; }),
      // A value between two gaps has no line to show it.
      plot.series.map((s, k) => s.values.map((v, i) => { if (v === null || (s.values[i - 1] ?? null) !== null || (s.values[i + 1] ?? null) !== null) return false; const dot = svg('circle', { cx: x(i), cy: y(v), r: 3 }); dot.style.fill = COLOURS[k % COLOURS.length]; return dot; }))),
    el('p', { class: 'legend' }, plot.series.map((s, k) => { const key = el('span', { class: 'key' }, '▬ '); key.style.color = COLOURS[k % COLOURS.length]; return el('span', {}, key, s.name); }),
      plot.band && el('span', {}, '▒ ' + plot.band.name), (plot.windows || []).map((w) => el('span', { class: 'soft' }, '░ ' + w.name + ' ' + plot.times[w.from] + DASH + plot.times[w.to]))));
}

/** Springs between neighbours, repulsion between all (Fruchterman and Reingold), from a circle: the same picture every time. */
function layout(buses, branches) {
  const n = buses.length, at = new Map(buses.map((b, i) => [b.id, i]));
  const points = buses.map((_, i) => [Math.cos((2 * Math.PI * i) / n), Math.sin((2 * Math.PI * i) / n)]);
  const ideal = 1.6 / Math.sqrt(n);
  for (let round = 0; round < 300; round++) {
    const move = points.map(() => [0, 0]);
    const push = (i, j, force) => {
      const dx = points[i][0] - points[j][0] || 1e-3, dy = points[i][1] - points[j][1] || 1e-3, d = Math.hypot(dx, dy);
      const f = force(d) / d;
      move[i][0] += dx * f; move[i][1] += dy * f; move[j][0] -= dx * f; move[j][1] -= dy * f;
    };
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) push(i, j, (d) => (ideal * ideal) / d);
    for (const b of branches) if (at.has(b.from) && at.has(b.to) && b.from !== b.to) push(at.get(b.from), at.get(b.to), (d) => -(d * d) / ideal);
    const heat = 0.1 * (1 - round / 300);
    points.forEach((p, i) => { const d = Math.hypot(...move[i]) || 1; p[0] += (move[i][0] / d) * Math.min(d, heat); p[1] += (move[i][1] / d) * Math.min(d, heat); });
  }
  const span = (k) => { const all = points.map((p) => p[k]); return [Math.min(...all), Math.max(...all) - Math.min(...all) || 1]; };
  const [x0, w] = span(0), [y0, h] = span(1);
  return new Map(buses.map((b, i) => [b.id, [60 + (780 * (points[i][0] - x0)) / w, 40 + (340 * (points[i][1] - y0)) / h]]));
}

function networkPlot(plot) {
  const places = layout(plot.buses, plot.branches);
  const seen = new Map();
  return el('figure', {}, el('figcaption', {}, plot.title),
    svg('svg', { viewBox: '0 0 900 430', width: 900, height: 430, role: 'img', 'aria-label': plot.title + '. ' + plot.branches.map((b) => b.name + ': ' + b.from + DASH + b.to + (b.note ? ', ' + b.note : '') + (b.state ? ', ' + t('state-' + b.state) : '')).join('; ') },
      plot.branches.map((b) => {
        const [from, to] = [places.get(b.from), places.get(b.to)];
        if (!from || !to) return false;
        const pair = [b.from, b.to].sort().join(' '), before = seen.get(pair) || 0;
        seen.set(pair, before + 1);
        // Parallel branches bow apart.
        const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1, bow = before === 0 ? 0 : (before % 2 ? 48 : -48) * Math.ceil(before / 2);
        const mid = [(from[0] + to[0]) / 2 - (bow * (to[1] - from[1])) / length, (from[1] + to[1]) / 2 + (bow * (to[0] - from[0])) / length];
        return svg('g', {}, svg('title', {}, b.name + (b.note ? ': ' + b.note : '')),
          svg('path', { class: 'branch ' + (b.state || ''), d: 'M' + from.join(' ') + 'Q' + mid.join(' ') + ' ' + to.join(' ') }),
          svg('text', { x: (from[0] + 2 * mid[0] + to[0]) / 4, y: (from[1] + 2 * mid[1] + to[1]) / 4 - 5, 'text-anchor': 'middle' }, b.name + (b.note ? ' ' + b.note : '')));
      }),
      plot.buses.map((b) => { const [x, y] = places.get(b.id); return svg('g', {}, svg('circle', { class: 'bus', cx: x, cy: y, r: 11 }), svg('text', { class: 'label', x, y: y + 4, 'text-anchor': 'middle' }, b.id), b.note && svg('text', { x, y: y + 26, 'text-anchor': 'middle' }, b.note)); })));
}

const drawPlot = (plot) => (plot.kind === 'series' ? seriesPlot(plot) : networkPlot(plot));
`;
