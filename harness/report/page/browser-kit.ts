/**
 * What the scripts of all pages share: plain browser JavaScript. Text enters the page by textContent alone, so that
 * nothing a model wrote is ever parsed as HTML.
 */
export const BROWSER_KIT = String.raw`
const readData = (id) => JSON.parse(document.getElementById(id).textContent);
const words = readData('words');
let lang = (navigator.language || 'en').toLowerCase().startsWith('zh') ? 'zh' : 'en';
const hashLang = location.hash.match(/lang=(en|zh)/);
if (hashLang) lang = hashLang[1];
const t = (name) => (Object.hasOwn(words, name) ? words[name][lang] : name);

// Characters that reorder or hide text are shown as what they are.
const UNSAFE = /[\0-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;
const clean = (text) => String(text).replace(UNSAFE, (c) => '\\u{' + c.codePointAt(0).toString(16) + '}');

const make = (space) => (tag, attributes, ...children) => {
  const node = document.createElementNS(space, tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) node.setAttribute(name, value === true ? '' : value);
  }
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(clean(child)));
  }
  return node;
};
const el = make('http://www.w3.org/1999/xhtml');
const svg = make('http://www.w3.org/2000/svg');
const fill = (id, ...children) => document.getElementById(id).replaceChildren(...children.flat(Infinity).filter(Boolean));

const DASH = '–';
const points = (value) => {
  if (value === undefined) return DASH;
  const text = (100 * value).toFixed(1);
  return text === '-0.0' ? '0.0' : text;
};
const range = (interval) => (interval ? points(interval[0]) + DASH + points(interval[1]) : '');
const compact = (n) => (n < 10000 ? String(Math.round(n)) : n < 999500 ? (n / 1e3).toPrecision(3) + 'k' : Number((n / 1e6).toPrecision(3)) + 'M');
const amount = (a) => (a ? (a.complete ? '' : '≥ ') + compact(a.count) : DASH);
const SIGNS = { USD: '$', CNY: '¥', EUR: '€' };
const money = (c) => {
  if (!c) return DASH;
  const digits = c.amount >= 100 ? 0 : c.amount >= 0.1 || c.amount === 0 ? 2 : 4;
  return (c.complete ? '' : '≥ ') + (Object.hasOwn(SIGNS, c.currency) ? SIGNS[c.currency] : c.currency + ' ') + c.amount.toFixed(digits);
};
const seconds = (ms) => (ms === undefined ? DASH : (ms / 1000).toFixed(ms < 1e4 ? 2 : 1) + ' s');

// Fixed words of the document carry data-word; the rest is drawn by draw().
function speak() {
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
  for (const node of document.querySelectorAll('[data-word]')) node.textContent = t(node.dataset.word);
}
function switchLanguage(draw) {
  document.getElementById('switch').addEventListener('click', () => {
    lang = lang === 'zh' ? 'en' : 'zh';
    speak();
    draw();
  });
}
`;
