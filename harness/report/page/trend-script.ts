/** The trend page: a chart a model, small ones for its suites, what changed, and the nights as a table. */
export const TREND_SCRIPT = `
const models = readData('trends-data');
const day = (night) => night.started.slice(0, 10);
const told = (night, value) => day(night) + ' · ' + night.run + ': ' + points(value.score) + ' (' + range(value.interval) + ')' + (night.verdict ? ' · ' + t('verdict-' + night.verdict) : '') + (night.comparable ? '' : ' · ' + t('otherQuestions'));

/** Scores over the nights: a band of intervals, a line through comparable nights, hollow points for the others. */
function chart(nights, valueOf, { width, height, change, name }) {
  const left = 34, right = width - 10, top = 10, bottom = height - 24;
  const shown = nights.map((night, i) => ({ night, i, value: valueOf(night) })).filter((e) => e.value);
  if (shown.length === 0) return el('p', { class: 'soft' }, t('unknown'));
  const low = Math.max(0, Math.floor(10 * Math.min(...shown.map((e) => e.value.interval[0]))) / 10);
  const high = Math.min(1, Math.ceil(10 * Math.max(...shown.map((e) => e.value.interval[1]))) / 10);
  const x = (i) => (nights.length < 2 ? (left + right) / 2 : left + 8 + (i / (nights.length - 1)) * (right - left - 16));
  const y = (v) => bottom - ((v - low) / (high - low || 1)) * (bottom - top);
  const line = shown.filter((e) => e.night.comparable);
  const path = (list) => list.map((p, k) => (k ? 'L' : 'M') + p[0].toFixed(1) + ' ' + p[1].toFixed(1)).join('');
  const band = [...line.map((e) => [x(e.i), y(e.value.interval[1])]), ...line.map((e) => [x(e.i), y(e.value.interval[0])]).reverse()];
  const marks = [low, (low + high) / 2, high];
  const ends = nights.length > 1 ? [0, nights.length - 1] : [0];
  return svg('svg', { viewBox: '0 0 ' + width + ' ' + height, width, height, role: 'img', 'aria-label': name + ': ' + shown.map((e) => told(e.night, e.value)).join('; ') },
    marks.map((v) => [svg('line', { class: 'axis', x1: left, x2: right, y1: y(v), y2: y(v) }), svg('text', { x: left - 5, y: y(v) + 4, 'text-anchor': 'end' }, String(Math.round(1000 * v) / 10))]),
    ends.map((i) => svg('text', { x: x(i), y: height - 6, 'text-anchor': i === 0 ? (nights.length > 1 ? 'start' : 'middle') : 'end' }, day(nights[i]))),
    line.length > 1 && svg('path', { class: 'band', d: path(band) + 'Z' }),
    line.length > 1 && svg('path', { class: 'trend', d: path(line.map((e) => [x(e.i), y(e.value.score)])) }),
    change && nights.flatMap((night, i) => (night.run === change.run ? [svg('line', { class: 'change', x1: x(i - 0.5), x2: x(i - 0.5), y1: top, y2: bottom })] : [])),
    shown.map((e) => svg('g', {}, svg('title', {}, told(e.night, e.value)),
      svg('line', { class: 'whisker', x1: x(e.i), x2: x(e.i), y1: y(e.value.interval[0]), y2: y(e.value.interval[1]) }),
      svg('circle', { class: e.night.comparable ? 'point' + (e.night.verdict === 'regressed' ? ' lost' : '') : 'point hollow', cx: x(e.i), cy: y(e.value.score), r: 4 }))));
}

function table(nights) {
  const head = ['date', 'run', 'score', 'interval', 'verdict', 'served'];
  const rows = [...nights].reverse().map((n) => el('tr', {}, el('th', { scope: 'row' }, day(n)), el('td', { class: 'name' }, n.run), el('td', {}, points(n.overall && n.overall.score)),
    el('td', { class: 'soft' }, n.overall ? range(n.overall.interval) : ''), el('td', { class: n.verdict === 'regressed' ? 'bad' : n.verdict === 'pass' ? 'good' : '' }, n.verdict ? t('verdict-' + n.verdict) : DASH), el('td', { class: 'name' }, n.served || DASH)));
  return el('details', {}, el('summary', {}, nights.length + ' ' + t('nights')), el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': t('nights') },
    el('table', {}, el('thead', {}, el('tr', {}, head.map((name) => el('th', { scope: 'col' }, t(name))))), el('tbody', {}, rows))));
}

function draw() {
  fill('trends', models.length === 0 && el('p', {}, t('noNights')), models.map(({ model, nights, drift, told: lines }) => {
    const suites = [...new Set(nights.flatMap((n) => n.suites.map((s) => s.name)))];
    return el('section', {}, el('h2', {}, model),
      lines.length > 0 && el('ul', { class: 'drift' }, lines.map((one) => el('li', {}, one))),
      el('figure', {}, el('figcaption', {}, t('overall')), chart(nights, (n) => n.overall, { width: 900, height: 240, change: drift.change, name: model })),
      suites.length > 1 && el('div', { class: 'plots' }, suites.map((name) => el('figure', {}, el('figcaption', {}, name), chart(nights, (n) => n.suites.find((s) => s.name === name), { width: 420, height: 170, name: model + ' ' + name })))),
      table(nights));
  }));
}

speak();
switchLanguage(draw);
draw();
`;
