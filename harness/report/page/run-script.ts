/** A run's page: the table, a list that draws only the rows in sight, and one sample whole. */
export const RUN_SCRIPT = `
const summary = readData('summary');
const index = readData('index');
const ROW = 44;
const state = { search: '', failed: false, model: '', selected: -1, rows: index.rows };
const list = document.getElementById('list');
const rowsNode = document.getElementById('rows');
const verdict = (row) => (row.v === undefined ? t('unscored') : points(row.v));
const kilobytes = (bytes) => (bytes < 1e6 ? (bytes / 1e3).toFixed(1) + ' kB' : (bytes / 1e6).toFixed(1) + ' MB');

function drawSummary() {
  const each = index.samples.length ? ' · ' + t('each') + ' ' + kilobytes(index.bytes / index.samples.length) + ' (gzip + base64: ' + kilobytes(index.packed / index.samples.length) + ')' : '';
  const facts = [['run', summary.run], ['status', summary.status], ['started', summary.started], ['harness', summary.harness],
    ['suites', summary.suites.map((s) => s.name + ' ' + s.version).join(', ')], ['epochs', summary.epochs],
    ['judge', summary.judge || t('none')], ['samples', String(index.samples.length)], ['size', kilobytes(index.bytes) + each]];
  fill('facts', el('dl', {}, facts.map(([name, value]) => [el('dt', {}, t(name)), el('dd', {}, String(value))])));
  const suites = summary.suites.map((s) => s.name);
  const heads = [['model', 'name'], ['score'], ['interval'], ['skill'], ...suites.map((name) => [name]), ['unscored'], ['tokens'], ['cost'], ['latency']];
  const suiteScore = (m, name) => { const found = m.suites.find((s) => s.name === name); return points(found && found.score); };
  fill('results', el('table', {}, el('caption', { class: 'hidden' }, t('results')),
    el('thead', {}, el('tr', {}, heads.map(([name, type]) => el('th', { scope: 'col', class: type }, suites.includes(name) ? name : t(name))))),
    el('tbody', {}, summary.models.map((m) => el('tr', { class: m.baseline ? 'baseline' : '' },
      el('th', { scope: 'row', class: 'name' }, m.id + (m.baseline ? ' †' : '')),
      [points(m.overall.score), range(m.overall.interval), points(m.overall.skill), ...suites.map((name) => suiteScore(m, name)),
        m.overall.unscored + ' / ' + m.overall.attempts, amount(m.tokens.output), money(m.cost), seconds(m.latency && m.latency.p50_ms)].map((text) => el('td', {}, text)))))));
  document.getElementById('results').setAttribute('aria-label', t('results'));
}

function drawControls() {
  const filtered = () => { state.selected = -1; list.scrollTop = 0; filterRows(); };
  fill('controls',
    el('label', {}, t('search'), el('input', { type: 'search', id: 'search', value: state.search, oninput: (e) => { state.search = e.target.value; filtered(); } })),
    el('label', {}, t('model'), el('select', { id: 'model', onchange: (e) => { state.model = e.target.value; filtered(); } },
      el('option', { value: '' }, t('all')), index.models.map((name, i) => el('option', { value: i, selected: String(i) === state.model }, name)))),
    el('label', {}, el('input', { type: 'checkbox', id: 'failed', checked: state.failed, onchange: (e) => { state.failed = e.target.checked; filtered(); } }), t('failed')));
  list.setAttribute('aria-label', t('replies'));
}

function filterRows() {
  const wanted = state.search.trim().toLowerCase();
  state.rows = index.rows.filter((row) => (state.model === '' || row.m === Number(state.model)) && (!state.failed || row.v !== 1)
    && (wanted === '' || index.samples[row.s].id.toLowerCase().includes(wanted) || (row.r || '').toLowerCase().includes(wanted)));
  fill('count', document.createTextNode(state.rows.length + ' ' + t('attempts')));
  rowsNode.style.height = state.rows.length * ROW + 'px';
  drawWindow();
}

// Only the rows in sight exist: ten thousand cost no more than twenty.
function drawWindow() {
  const first = Math.max(0, Math.floor(list.scrollTop / ROW) - 4);
  const last = Math.min(state.rows.length, first + Math.ceil(list.clientHeight / ROW) + 9);
  const nodes = [];
  for (let i = first; i < last; i++) nodes.push(drawRow(state.rows[i], i));
  rowsNode.replaceChildren(...nodes);
  if (state.selected >= first && state.selected < last) list.setAttribute('aria-activedescendant', 'row-' + state.selected);
  else list.removeAttribute('aria-activedescendant');
}

function drawRow(row, i) {
  const node = el('div', { class: 'row', role: 'option', id: 'row-' + i, 'aria-selected': String(i === state.selected), 'aria-posinset': i + 1, 'aria-setsize': state.rows.length, onclick: () => choose(i) },
    el('span', { class: row.v === 1 ? 'good' : 'bad' }, verdict(row)),
    el('span', { title: clean(index.samples[row.s].id) }, index.samples[row.s].id + (row.e > 1 ? ' · ' + t('epoch') + ' ' + row.e : '')),
    el('span', { class: 'model' }, index.models[row.m]),
    el('span', { class: 'why' }, row.r || ''),
    el('span', { class: 'size' }, row.b ? kilobytes(row.b) : ''));
  node.style.top = i * ROW + 'px';
  return node;
}

function choose(i) {
  if (i < 0 || i >= state.rows.length) return;
  state.selected = i;
  if (list.scrollTop > i * ROW) list.scrollTop = i * ROW;
  else if (list.scrollTop < (i + 1) * ROW - list.clientHeight) list.scrollTop = (i + 1) * ROW - list.clientHeight;
  drawWindow();
  drawDetail();
}

list.addEventListener('scroll', () => requestAnimationFrame(drawWindow));
list.addEventListener('keydown', (event) => {
  const page = Math.floor(list.clientHeight / ROW);
  const to = { ArrowDown: state.selected + 1, ArrowUp: state.selected - 1, PageDown: state.selected + page, PageUp: state.selected - page, Home: 0, End: state.rows.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  choose(Math.min(state.rows.length - 1, Math.max(0, to)));
});

const chunks = new Map();
async function unpack(chunk) {
  if (!chunks.has(chunk)) {
    const packed = atob(document.getElementById('chunk-' + chunk).textContent);
    const bytes = Uint8Array.from(packed, (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    chunks.set(chunk, new Response(stream).json());
  }
  return chunks.get(chunk);
}

async function drawDetail() {
  const row = state.rows[state.selected];
  if (!row) return fill('detail', el('p', { class: 'soft' }, t(index.redacted ? 'redacted' : 'pick')));
  const { id, chunk } = index.samples[row.s];
  const title = [el('h2', {}, id), el('p', {}, index.models[row.m] + ' · ' + t('epoch') + ' ' + row.e + ' · ' + verdict(row))];
  if (chunk < 0) return fill('detail', title, el('p', { class: 'soft' }, t('redacted')));
  fill('detail', title, el('p', { class: 'soft' }, t('loading')));
  const sample = (await unpack(chunk))[row.s];
  // Another row may have been chosen while this one was unpacked.
  if (state.rows[state.selected] !== row) return;
  fill('detail', title, tell(sample, sample.attempts[row.a]));
}

/** What a check of claims labelled, claim by claim. */
function claims(details) {
  if (!details || !Array.isArray(details.claims)) return false;
  const known = ['supported', 'contradicted', 'unchecked'];
  return el('ul', { class: 'claims' }, details.claims.map((c) => el('li', { class: c.label === 'supported' ? 'good' : c.label === 'contradicted' ? 'bad' : 'soft' },
    el('b', {}, known.includes(c.label) ? t('claim-' + c.label) : String(c.label)), c.safety ? ' · ' + t('safetyClaim') : '', ' · ' + c.reason, el('q', {}, c.text))));
}

const section = (name, ...body) => [el('h3', {}, t(name)), ...body];
const json = (value) => (value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value));

function tell(sample, attempt) {
  const usage = attempt.usage || {};
  const told = [attempt.served, attempt.finish, attempt.ms !== undefined && Math.round(attempt.ms) + ' ms',
    attempt.usage && (usage.inputTokens ?? DASH) + ' → ' + (usage.outputTokens ?? DASH) + ' ' + t('inOut')].filter(Boolean).join(' · ');
  const checks = attempt.checks || [];
  return [
    attempt.score && el('p', {}, attempt.score.reason),
    checks.length > 0 && section('checks', el('div', { class: 'scroll' }, el('table', {},
      el('thead', {}, el('tr', {}, ['check', 'score', 'weight', 'read', 'reason'].map((name) => el('th', { scope: 'col', class: 'name' }, t(name))))),
      el('tbody', {}, checks.map((c) => el('tr', {}, el('th', { scope: 'row', class: 'name' }, c.kind + (c.field ? ' ' + c.field : '') + (c.gate ? ' (gate)' : '')),
        el('td', { class: 'name' }, c.score.status === 'scored' ? points(c.score.value) : t('unscored')), el('td', { class: 'name' }, String(c.weight)),
        el('td', { class: 'wide' }, json(c.score.extracted)), el('td', { class: 'wide' }, c.score.reason, claims(c.score.details) || (c.score.details !== undefined && el('pre', {}, JSON.stringify(c.score.details, null, 1)))))))))),
    section('prompt', sample.prompt.map((m) => [m.role !== 'user' && el('p', { class: 'soft' }, m.role), el('pre', {}, m.content)])),
    sample.plots && sample.plots.length > 0 && section('data', el('div', { id: 'plots' }, sample.plots.map(drawPlot))),
    attempt.reasoning && section('reasoning', el('pre', {}, attempt.reasoning)),
    section('reply', told && el('p', { class: 'soft' }, told), el('pre', { id: 'reply' }, attempt.error || attempt.text || DASH)),
    attempt.judgements.length > 0 && section('judgements', attempt.judgements.map((j) => [el('p', { class: 'soft' }, j.judge + ' · ' + j.criterion), el('pre', {}, j.text)])),
    sample.work && section('work', el('pre', { id: 'work' }, sample.work)),
  ];
}

function draw() {
  drawSummary();
  drawControls();
  filterRows();
  drawDetail();
}
speak();
switchLanguage(draw);
draw();
addEventListener('resize', drawWindow);
document.documentElement.dataset.ready = '1';
`;
