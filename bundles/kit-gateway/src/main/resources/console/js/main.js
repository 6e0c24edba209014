import {get, token, Failure} from './api.js';
import {h, toast} from './dom.js';
import {overview} from './overview.js';
import {connectors, connector, configure} from './connectors.js';
import {runs, run} from './runs.js';
import {tables, tableDetail} from './tables.js';
import {sql} from './sql.js';
import {events} from './events.js';
import {logs} from './logs.js';

const PLACES = [['', 'Overview'], ['connectors', 'Connectors'], ['runs', 'Runs'], ['tables', 'Tables'], ['sql', 'SQL'], ['events', 'Events'], ['logs', 'Logs']];

/** Each view gets the element to fill, its arguments, and a signal that ends with it. */
const ROUTES = [
  [/^$/, overview], [/^connectors$/, connectors], [/^connectors\/([^/]+)$/, connector], [/^configure\/([^/]+)(?:\/([^/]+))?$/, configure],
  [/^runs$/, runs], [/^runs\/([^/]+)$/, run], [/^tables$/, tables], [/^tables\/([^/]+)\/([^/]+)$/, tableDetail], [/^sql$/, sql],
  [/^events$/, events], [/^logs$/, logs],
];

const view = document.getElementById('view');
let leave = new AbortController();

async function show() {
  leave.abort();
  leave = new AbortController();
  const signal = leave.signal;
  const path = location.hash.replace(/^#\/?/, '').split('?')[0];
  const [pattern, shows] = ROUTES.find(([each]) => each.test(path)) ?? [null, null];
  const place = path.split('/')[0];
  const nav = document.getElementById('nav');
  nav.replaceChildren(...PLACES.map(([key, label]) => h('a', {href: `#/${key}`,
    'aria-current': key === place || key === 'connectors' && place === 'configure' ? 'page' : null}, label)));
  nav.classList.remove('open');
  document.getElementById('menu').setAttribute('aria-expanded', 'false');
  if (!token.get()) return login('');
  const body = h('div', {});
  view.replaceChildren(body);
  view.setAttribute('aria-busy', 'true');
  if (!shows) {
    body.append(h('h1', {}, 'There is nothing here'), h('p', {}, h('a', {href: '#/'}, 'To the overview')));
    return;
  }
  document.title = `${PLACES.find(([key]) => key === place)?.[1] ?? 'Connector'} · Connector Kit`;
  try {
    await shows(body, pattern.exec(path).slice(1).map(each => each && decodeURIComponent(each)), signal);
    if (!signal.aborted) view.focus({preventScroll: true});
  } catch (error) {
    if (signal.aborted || error.status === 401) return;
    body.replaceChildren(h('h1', {}, error instanceof Failure && error.status === 0 ? 'The gateway is away' : 'That did not work'),
      h('p', {class: 'note bad', role: 'alert'}, error.message), h('button', {onclick: show}, 'Try again'));
  } finally {
    if (!signal.aborted) view.setAttribute('aria-busy', 'false');
  }
}

function login(reason) {
  leave.abort();
  const field = h('input', {type: 'password', id: 'token', autocomplete: 'off', required: true, 'aria-describedby': 'token-help'});
  view.replaceChildren(h('form', {class: 'card login', onsubmit: async event => {
    event.preventDefault();
    token.set(field.value.trim());
    await begin();
  }}, h('h1', {}, 'Connector Kit'), reason && h('p', {class: 'note bad', role: 'alert'}, reason),
  h('div', {class: 'field'}, h('label', {for: 'token'}, 'Token'),
    h('span', {class: 'help', id: 'token-help'}, 'Run ', h('code', {}, 'kit console'), ' on the gateway\'s machine, or ', h('code', {}, 'kit token create NAME --role operate'),
      ' and paste what it prints. It is kept until this tab is closed.'), field),
  h('button', {}, 'Open')));
  field.focus();
}

async function begin() {
  try {
    const status = await get('/api/status');
    document.getElementById('who').textContent = `${status.caller} (${status.role}) · ${status.version}`;
    document.body.dataset.role = status.role;
    await show();
  } catch (error) {
    if (error.status !== 401) { toast(error.message, 'bad'); await show(); }
  }
}

window.addEventListener('kit-login', event => { token.clear(); login(event.detail ?? ''); });
window.addEventListener('hashchange', show);

const THEMES = ['system', 'light', 'dark'];
const themeButton = document.getElementById('theme');
function theme(which) {
  if (which === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = which;
  localStorage.setItem('kit-theme', which);
  themeButton.replaceChildren(h('span', {class: 'prefix'}, 'Theme: '), which);
  themeButton.setAttribute('aria-label', `Theme: ${which}`);
}
themeButton.addEventListener('click', () => theme(THEMES[(THEMES.indexOf(localStorage.getItem('kit-theme') ?? 'system') + 1) % THEMES.length]));
theme(localStorage.getItem('kit-theme') ?? 'system');
document.getElementById('menu').addEventListener('click', event => {
  const open = document.getElementById('nav').classList.toggle('open');
  event.currentTarget.setAttribute('aria-expanded', String(open));
});

// 'kit console' hands the token over in the fragment, which no server and no log sees.
const given = /^#token=([A-Za-z0-9._~-]+)$/.exec(location.hash);
if (given) {
  token.set(given[1]);
  history.replaceState(null, '', location.pathname + '#/');
}
if (token.get()) begin(); else login('');
