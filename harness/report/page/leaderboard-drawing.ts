/** Charts of the leaderboard's page, as SVG that is built node by node. */
export const LEADERBOARD_DRAWING = `
const label = (row) => {
  const told = Object.entries(row.settings).map(([name, value]) => name + ' ' + value);
  return row.model + (told.length > 0 ? ' (' + told.join(', ') + ')' : '');
};
const short = (text, length) => ([...text].length > length ? [...text].slice(0, length - 1).join('') + '…' : text);
const baseClass = (row) => (row.baseline ? ' base' : '');

/** A score with its interval on 0 to 100. */
function intervalBar(row) {
  const { score, interval } = row.overall;
  if (score === undefined) return '';
  const x = (value) => 4 + 112 * value;
  return svg('svg', { width: 120, height: 16, viewBox: '0 0 120 16', 'aria-hidden': 'true' },
    svg('line', { class: 'axis', x1: x(0), x2: x(1), y1: 8, y2: 8 }),
    interval && svg('line', { class: 'interval' + baseClass(row), x1: x(interval[0]), x2: x(interval[1]), y1: 8, y2: 8 }),
    svg('circle', { class: 'point' + baseClass(row), cx: x(score), cy: 8, r: 4 }));
}

/** Rows with a low, a high and perhaps a value, on one scale. Its text says the same to who cannot see it. */
function intervalChart(rows, { ends, told, lines }) {
  const width = 460, left = 165, right = 448, step = 24;
  const x = (value) => left + ((value - ends[0]) / (ends[1] - ends[0] || 1)) * (right - left);
  const height = rows.length * step + 26;
  return svg('svg', { viewBox: '0 0 ' + width + ' ' + height, width, height, role: 'img', 'aria-label': rows.map((r) => r.name + ': ' + told(r)).join('; ') },
    lines.map((value) => [
      svg('line', { class: 'axis', x1: x(value), x2: x(value), y1: 0, y2: height - 20 }),
      svg('text', { x: x(value), y: height - 5, 'text-anchor': 'middle' }, String(Math.round(value * 10) / 10)),
    ]),
    rows.map((row, i) => {
      const y = i * step + 13;
      return svg('g', {},
        svg('title', {}, row.name + ': ' + told(row)),
        svg('text', { class: 'label', x: left - 8, y: y + 4, 'text-anchor': 'end' }, short(row.name, 22)),
        svg('line', { class: 'interval' + (row.base ? ' base' : ''), x1: x(row.low), x2: x(row.high), y1: y, y2: y }),
        row.value !== undefined && svg('circle', { class: 'point', cx: x(row.value), cy: y, r: 4 }));
    }));
}

const LOG_MARKS = [1, 2, 5];
function logTicks(low, high) {
  const ticks = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++)
    for (const mark of LOG_MARKS) {
      const value = mark * 10 ** power;
      if (value >= low * 0.999 && value <= high * 1.001) ticks.push(value);
    }
  const every = Math.ceil(ticks.length / 6);
  return ticks.filter((_, i) => i % every === 0);
}

/** Score against something that is spent, on a log axis. */
function scatter(entries, axis) {
  if (entries.length === 0) return el('p', { class: 'soft' }, t('unknown'));
  const width = 460, height = 300, left = 40, right = 448, top = 22, bottom = 250;
  const values = entries.map((e) => e.x);
  const low = Math.min(...values) / 1.6, high = Math.max(...values) * 1.6;
  const x = (value) => left + ((Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low))) * (right - left);
  const y = (value) => bottom - value * (bottom - top);
  const told = (e) => label(e.row) + ': ' + points(e.row.overall.score) + ' (' + range(e.row.overall.interval) + '), ' + e.text;
  return svg('svg', { viewBox: '0 0 ' + width + ' ' + height, width, height, role: 'img', 'aria-label': entries.map(told).join('; ') },
    [0, 0.25, 0.5, 0.75, 1].map((v) => [
      svg('line', { class: 'axis', x1: left, x2: right, y1: y(v), y2: y(v) }),
      svg('text', { x: left - 6, y: y(v) + 4, 'text-anchor': 'end' }, String(100 * v)),
    ]),
    logTicks(low, high).map((v) => svg('text', { x: x(v), y: bottom + 18, 'text-anchor': 'middle' }, String(Number(v.toPrecision(2))))),
    svg('text', { x: (left + right) / 2, y: bottom + 38, 'text-anchor': 'middle' }, axis),
    entries.map((e) => svg('g', {},
      svg('title', {}, told(e)),
      svg('line', { class: 'whisker', x1: x(e.x), x2: x(e.x), y1: y(e.row.overall.interval[0]), y2: y(e.row.overall.interval[1]) }),
      svg('circle', { class: 'point' + baseClass(e.row), cx: x(e.x), cy: y(e.row.overall.score), r: 5 }),
      svg('text', { class: 'label', x: x(e.x) + (x(e.x) > 300 ? -9 : 9), y: y(e.row.overall.score) - 7, 'text-anchor': x(e.x) > 300 ? 'end' : 'start' }, short(e.row.model, 24)))));
}

/** Ground of a heat map's cell: pale red over sand to green, all light enough for dark letters. */
function heatColour(score) {
  const hue = 18 + 140 * score;
  return 'hsl(' + hue.toFixed(0) + ' 52% ' + (78 - 8 * score).toFixed(0) + '%)';
}
`;
