/** The leaderboard's page: state, table, heat map, plots and provenance. */
export const LEADERBOARD_SCRIPT = `
const board = readData('board');
const state = { ranking: 0, sort: 'score', down: true, filter: '', baselines: true, group: 'suites', open: new Set() };
const runs = new Map(board.runs.map((run) => [run.run, run]));
const rankText = ({ rank, rank_band: band }) => (rank === undefined ? '' : band[0] === band[1] ? String(rank) : rank + ' (' + band[0] + DASH + band[1] + ')');

const carbonText = (c) => (c ? (c.complete ? '' : '≥ ') + (c.kg_co2 < 1 ? Number((1000 * c.kg_co2).toPrecision(3)) + ' g' : Number(c.kg_co2.toPrecision(3)) + ' kg') : DASH);

const COLUMNS = [
  { id: 'rank', value: (r) => r.rank, down: false, cell: rankText },
  { id: 'model', value: (r) => label(r).toLowerCase(), down: false },
  { id: 'score', value: (r) => r.overall.score, down: true, cell: (r) => points(r.overall.score) + (r.missing_suites.length ? ' ‡' : '') },
  { id: 'interval', value: (r) => (r.overall.interval ? r.overall.interval[0] : undefined), down: true, cell: (r) => [intervalBar(r), range(r.overall.interval)] },
  { id: 'skill', value: (r) => r.overall.skill, down: true, cell: (r) => points(r.overall.skill) },
  { id: 'unscored', value: (r) => r.overall.unscored, down: false, cell: (r) => r.overall.unscored + ' / ' + r.overall.attempts },
  { id: 'format', value: (r) => r.format && r.format.share, down: true, cell: (r) => (r.format ? points(r.format.share) + ' %' : DASH) },
  { id: 'gap', value: (r) => r.language_gap && r.language_gap.difference, down: true, cell: (r) => (r.language_gap ? points(r.language_gap.difference) : DASH) },
  { id: 'stability', value: (r) => r.stability && r.stability.agreement, down: true, cell: (r) => (r.stability ? points(r.stability.agreement) : DASH) },
  { id: 'tokens', value: (r) => r.tokens.output && r.tokens.output.count, down: false, cell: (r) => amount(r.tokens.output) },
  { id: 'cost', value: (r) => r.cost && r.cost.amount, down: false, cell: (r) => money(r.cost) },
  { id: 'carbon', value: (r) => r.carbon && r.carbon.kg_co2, down: false, cell: (r) => carbonText(r.carbon) },
  { id: 'latency', value: (r) => r.latency && r.latency.p50_ms, down: false, cell: (r) => seconds(r.latency && r.latency.p50_ms) },
];

/** Scores sample by sample, where they were published: by run, then by model. */
const published = new Map((board.samples || []).map((one) => [one.run, { ids: one.ids, models: new Map(one.models.map((m) => [m.model, m.scores])) }]));
function sampleList(row) {
  const run = published.get(row.run);
  const scores = run && run.models.get(row.model);
  if (!scores) return false;
  const tasks = new Map();
  run.ids.forEach((id, i) => {
    const task = id.split('/').slice(0, 2).join('/');
    if (!tasks.has(task)) tasks.set(task, []);
    tasks.get(task).push([id.slice(task.length + 1), scores[i]]);
  });
  return el('div', { class: 'group' }, el('h3', {}, t('published')), [...tasks].map(([task, entries]) => {
    const full = entries.filter(([, score]) => score === 1).length;
    const box = el('details', {}, el('summary', {}, task + ' · ' + full + ' / ' + entries.length + ' ' + t('fullMarks')));
    // Drawn when it is opened: a row may have thousands.
    box.addEventListener('toggle', () => {
      if (!box.open || box.childElementCount > 1) return;
      box.append(el('ul', { class: 'samples' }, entries.map(([id, score]) => el('li', { class: score === null ? 'soft' : score === 1 ? 'good' : score === 0 ? 'bad' : '' }, id + ' ', el('b', {}, score === null ? DASH : points(score))))));
    });
    return box;
  }));
}

const current = () => board.rankings[state.ranking];
function shownRows() {
  if (!current()) return [];
  const wanted = state.filter.trim().toLowerCase();
  const rows = current().rows.filter((r) => (state.baselines || !r.baseline) && label(r).toLowerCase().includes(wanted));
  const { value } = COLUMNS.find((c) => c.id === state.sort);
  // What is unknown comes last, whichever way.
  return rows.map((row, i) => ({ row, i, key: value(row) })).sort((a, b) => {
    if (a.key === undefined || b.key === undefined) return (a.key === undefined) - (b.key === undefined) || a.i - b.i;
    const order = a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
    return (state.down ? -order : order) || a.i - b.i;
  }).map(({ row }) => row);
}

function drawControls() {
  const many = board.rankings.length > 1;
  fill('controls',
    many && el('label', {}, t('ranking'), el('select', { id: 'ranking', onchange: (e) => { state.ranking = Number(e.target.value); state.open.clear(); draw(); } },
      board.rankings.map((r, i) => el('option', { value: i, selected: i === state.ranking }, (i + 1) + ': ' + r.comparable.suites.map((s) => s.name).join(', ') + ' · ' + r.rows.length)))),
    el('label', {}, t('filter'), el('input', { type: 'search', id: 'filter', value: state.filter, oninput: (e) => { state.filter = e.target.value; drawRows(); } })),
    el('label', {}, el('input', { type: 'checkbox', id: 'baselines', checked: state.baselines, onchange: (e) => { state.baselines = e.target.checked; drawRows(); } }), t('baselines')));
}

function sortBy(column) {
  if (state.sort === column.id) state.down = !state.down;
  else { state.sort = column.id; state.down = column.down; }
  drawRows();
  document.getElementById('sort-' + column.id).focus();
}

function drawTable(rows) {
  const heads = COLUMNS.map((c) => el('th', { scope: 'col', class: c.id === 'model' ? 'name' : '', 'aria-sort': state.sort === c.id ? (state.down ? 'descending' : 'ascending') : 'none' },
    el('button', { type: 'button', id: 'sort-' + c.id, onclick: () => sortBy(c) }, t(c.id) + (state.sort === c.id ? (state.down ? ' ↓' : ' ↑') : ''))));
  const body = rows.flatMap((row) => {
    const index = current().rows.indexOf(row);
    const open = state.open.has(index);
    const toggle = () => {
      if (open) state.open.delete(index); else state.open.add(index);
      drawRows();
      document.getElementById('open-' + index).focus();
    };
    const name = el('th', { scope: 'row', class: 'name', title: clean(label(row)) }, el('button', { type: 'button', id: 'open-' + index, 'aria-expanded': String(open), 'aria-controls': 'details-' + index, onclick: toggle }, (open ? '▾ ' : '▸ ') + label(row)), row.baseline && ' † ', row.marks.length > 0 && ' ⚠');
    const line = el('tr', { class: row.baseline ? 'baseline' : '', 'data-row': index }, COLUMNS.map((c) => (c.id === 'model' ? name : el('td', { 'data-column': c.id }, c.cell(row)))));
    return open ? [line, el('tr', { id: 'details-' + index }, el('td', { class: 'wide', colspan: COLUMNS.length }, details(row)))] : [line];
  });
  fill('table', el('table', {}, el('caption', { class: 'hidden' }, t('leaderboard')), el('thead', {}, el('tr', {}, heads)), el('tbody', {}, body)));
  document.getElementById('table').setAttribute('aria-label', t('leaderboard'));
}

function details(row) {
  const run = runs.get(row.run);
  const settings = Object.entries(row.settings).map(([name, value]) => name + ' ' + value).join(', ');
  const facts = [
    ['run', row.run], ['date', run && run.started], ['harness', run && run.harness], ['epochs', row.epochs],
    ['samples', row.overall.n], ['settings', settings || t('defaults')], ['served', row.served_models.join(', ') || DASH],
    ['prices', row.prices && row.prices.input + ' / ' + row.prices.output + ' ' + row.prices.currency],
    ['carbon', row.carbon && carbonText(row.carbon) + ' CO₂, ' + Number((1000 * row.carbon.energy_kwh).toPrecision(3)) + ' Wh; ' + row.carbon.method + '; ' + row.carbon.factor],
    ['stability', row.stability && t('worst') + ' ' + points(row.stability.worst) + ', ' + t('asFirst') + ' ' + points(row.stability.base) + ' (n ' + row.stability.n + '); ' + row.stability.variants.map((v) => t('variant-' + v.name) + ' ' + (v.difference > 0 ? '+' : '') + points(v.difference) + ' (' + range(v.interval) + ')').join(', ')],
    ['rubric', row.rubric && points(row.rubric.score) + ' (' + range(row.rubric.interval) + '), ' + row.rubric.judge + (row.rubric.corrected ? ' → ' + points(row.rubric.corrected.score) + ' (' + range(row.rubric.corrected.interval) + ')' : row.rubric.not_corrected ? '; ' + row.rubric.not_corrected : '')],
    ['judgeAudit', row.judge_audit && 'sensitivity ' + points(row.judge_audit.result.plain.sensitivity.value) + ', specificity ' + points(row.judge_audit.result.plain.specificity.value) + ', κ ' + row.judge_audit.result.plain.kappa.toFixed(2) + ', injection ' + points(row.judge_audit.result.injection.rate) + ' % · ' + row.judge_audit.hash.slice(0, 19)],
    ['judging', row.judging && row.judging.map((j) => j.judge + ': ' + j.replies + (j.cost ? ', ' + money(j.cost) : '') + (j.tokens.output ? ', ' + amount(j.tokens.output) : '')).join('; ')],
    ['truncated', row.truncated + ', ' + row.refused + ', ' + row.filtered],
    ['unscored', row.unscored.map((u) => u.count + ' × ' + u.fault + ' ' + u.kind).join(', ') || '0'],
    ['regret', row.regret.map((r) => r.amount.toFixed(0) + ' ' + r.currency + ' (' + r.n + ')').join(', ')],
    ['repeats', row.repeats.map((r) => 'pass@' + r.k + ' ' + points(r.pass_at_k) + ', pass^' + r.k + ' ' + points(r.pass_hat_k)).join('; ')],
    ['marks', row.marks.join('; ')],
  ].filter(([, value]) => value !== undefined && value !== '');
  const group = (name) => row[name].length > 0 && el('div', { class: 'group' }, el('h3', {}, t(name)), el('table', {}, el('tbody', {}, row[name].map((e) =>
    el('tr', {}, el('th', { scope: 'row', class: 'name' }, e.name), el('td', {}, points(e.score)), el('td', { class: 'soft' }, range(e.interval)), el('td', { class: 'soft' }, 'n ' + e.n))))));
  return el('div', { class: 'details' }, el('dl', {}, facts.map(([name, value]) => [el('dt', {}, t(name)), el('dd', {}, String(value))])), ['suites', 'tasks', 'skills', 'langs', 'tiers'].map(group), sampleList(row));
}

function drawHeat(rows) {
  fill('heat-controls', el('label', {}, t('by'), el('select', { id: 'group', onchange: (e) => { state.group = e.target.value; drawRows(); document.getElementById('group').focus(); } },
    ['suites', 'tasks', 'skills', 'langs', 'tiers'].map((name) => el('option', { value: name, selected: name === state.group }, t(name))))));
  const names = [...new Set(rows.flatMap((r) => r[state.group].map((e) => e.name)))];
  const cell = (row, name) => {
    const found = row[state.group].find((e) => e.name === name);
    if (!found || found.score === undefined) return el('td', { class: 'none' }, DASH);
    const td = el('td', { title: clean(label(row) + ', ' + name + ': ' + points(found.score) + ' (' + range(found.interval) + '), n ' + found.n) }, points(found.score));
    td.style.background = heatColour(found.score);
    return td;
  };
  fill('heat', el('table', { class: 'heat' }, el('caption', { class: 'hidden' }, t('heat')),
    el('thead', {}, el('tr', {}, el('th', { scope: 'col', class: 'name' }, t('model')), names.map((name) => el('th', { scope: 'col' }, name)))),
    el('tbody', {}, rows.map((row) => el('tr', {}, el('th', { scope: 'row', class: 'name' }, label(row)), names.map((name) => cell(row, name)))))));
  document.getElementById('heat').setAttribute('aria-label', t('heat'));
}

const figure = (title, ...body) => el('figure', {}, el('figcaption', {}, title), ...body);

function drawPlots(rows) {
  // What a built-in baseline takes says nothing of a model.
  const scored = rows.filter((r) => r.overall.interval && !r.baseline);
  const costs = scored.filter((r) => r.cost && r.cost.complete && r.cost.amount > 0);
  // Amounts of different currencies have no common axis.
  const figures = [...new Set(costs.map((r) => r.cost.currency))].map((currency) => figure(t('score') + ' · ' + t('cost'),
    scatter(costs.filter((r) => r.cost.currency === currency).map((row) => ({ row, x: row.cost.amount, text: money(row.cost) })), t('costAxis') + ', ' + currency)));
  if (figures.length === 0) figures.push(figure(t('score') + ' · ' + t('cost'), scatter([], '')));
  figures.push(figure(t('score') + ' · ' + t('latency'), scatter(scored.filter((r) => r.latency && r.latency.p50_ms > 0).map((row) => ({ row, x: row.latency.p50_ms / 1000, text: seconds(row.latency.p50_ms) })), t('latencyAxis'))));
  figures.push(figure(t('score') + ' · ' + t('carbon'), scatter(scored.filter((r) => r.carbon && r.carbon.complete && r.carbon.kg_co2 > 0).map((row) => ({ row, x: 1000 * row.carbon.kg_co2, text: carbonText(row.carbon) })), t('carbonAxis'))));
  const steady = rows.filter((r) => r.stability).map((r) => ({ name: label(r), base: r.baseline, low: 100 * r.stability.interval[0], high: 100 * r.stability.interval[1], value: 100 * r.stability.agreement }));
  if (steady.length > 0)
    figures.push(figure(t('stabilityTitle'), intervalChart(steady, { ends: [0, 100], lines: [0, 25, 50, 75, 100], told: (g) => g.value.toFixed(1) + ' (' + g.low.toFixed(1) + DASH + g.high.toFixed(1) + ')' })));
  const gaps = rows.filter((r) => r.language_gap).map((r) => ({ name: label(r), base: r.baseline, low: 100 * r.language_gap.interval[0], high: 100 * r.language_gap.interval[1], value: 100 * r.language_gap.difference }));
  if (gaps.length > 0) {
    const most = Math.max(5, ...gaps.flatMap((g) => [Math.abs(g.low), Math.abs(g.high)]));
    figures.push(figure(t('gapTitle'), intervalChart(gaps, { ends: [-most, most], lines: [-most, -most / 2, 0, most / 2, most], told: (g) => g.value.toFixed(1) + ' (' + g.low.toFixed(1) + DASH + g.high.toFixed(1) + ') ' + t('points') })));
  }
  const bands = rows.filter((r) => r.rank !== undefined).map((r) => ({ name: label(r), low: r.rank_band[0], high: r.rank_band[1], value: r.rank, text: rankText(r) }));
  if (bands.length > 1) {
    const last = Math.max(...bands.map((b) => b.high));
    figures.push(figure(t('bandTitle'), intervalChart(bands, { ends: [1, last], lines: [...new Set([1, Math.ceil(last / 2), last])], told: (b) => b.text })));
  }
  fill('plots', figures);
}

function drawProvenance() {
  const ranking = current();
  if (!ranking) return fill('provenance');
  const c = ranking.comparable;
  const seeds = (c.seeds ? c.seeds.from + DASH + c.seeds.to : '') + (c.seed_key_fingerprint ? ' (' + t('seedKey') + ' ' + c.seed_key_fingerprint + ')' : '');
  const facts = [
    ...c.suites.map((s) => ['suite', s.name + ' ' + s.version + ' · ' + s.hash]),
    ['checkers', Object.entries(c.checkers).map(([kind, version]) => kind + ' ' + version).join(', ')],
    ['judge', c.judge || t('none')], ['languages', c.langs.join(', ')], ['seeds', seeds],
    ['tasks', c.tasks && c.tasks.join(', ')], ['harness', [...new Set(board.runs.map((r) => r.harness))].join(', ')],
    ...board.refused.map((r) => ['refused', r.model + ' · ' + r.run + ': ' + r.reason]),
    ...ranking.superseded.map((s) => ['superseded', s.model + ' · ' + s.run]),
  ].filter(([, value]) => value);
  fill('provenance', el('h2', {}, t('provenance')), el('dl', {}, facts.map(([name, value]) => [el('dt', {}, t(name)), el('dd', {}, value)])));
}

function drawRows() {
  const rows = shownRows();
  drawTable(rows);
  drawHeat(rows);
  drawPlots(rows);
  fill('count', document.createTextNode(rows.length + ' ' + t('shown')));
}

function draw() {
  const apart = current() ? current().apart : [];
  drawControls();
  fill('apart', apart.length > 0 && el('p', {}, t('apart')), apart.length > 0 && el('ul', {}, apart.map((a) => el('li', {}, a.what + ': ' + a.here + ' ' + t('here') + ', ' + a.first + ' ' + t('there')))));
  fill('note', document.createTextNode(t('rankNote') + ' † ' + t('baseline') + '.'));
  drawRows();
  drawProvenance();
}

speak();
switchLanguage(draw);
draw();
`;
