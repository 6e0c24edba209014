/** Builds elements. Texts only ever become text nodes, so that nothing of a source is taken for markup. */
export function h(name, attributes = {}, ...children) {
  const svg = ['svg', 'rect', 'path', 'text', 'line', 'g', 'title'].includes(name);
  const element = svg ? document.createElementNS('http://www.w3.org/2000/svg', name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'value') element.value = value;
    // Not as an attribute, which the page's policy forbids.
    else if (key === 'style') element.style.cssText = value;
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat().filter(each => each !== null && each !== undefined && each !== false));
  return element;
}

const TONES = {
  READY: 'good', OK: 'good', ACTIVE: 'good', RUNNING: 'warn', WAITING: 'warn', QUEUED: 'warn', PARTIAL: 'warn', DEPLOYED: 'good', INSTALLED: 'good',
  FAILED: 'bad', REJECTED: 'bad', UNRESOLVED: 'bad', UNCHANGED: 'good', EMPTY: 'good',
};

export const tone = state => TONES[state] ?? 'idle';
export const badge = state => h('span', {class: `badge ${tone(state)}`}, state.toLowerCase());
export const number = value => Number(value).toLocaleString('en');

export function bytes(value) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  for (; value >= 1024 && unit < units.length - 1; unit++) value /= 1024;
  return `${unit ? value.toFixed(1) : value} ${units[unit]}`;
}

export function ago(iso) {
  if (!iso) return '';
  const seconds = (Date.now() - Date.parse(iso)) / 1000;
  const units = [[86400, 'day'], [3600, 'hour'], [60, 'minute'], [1, 'second']];
  const [size, unit] = units.find(([each]) => Math.abs(seconds) >= each) ?? [1, 'second'];
  const text = new Intl.RelativeTimeFormat('en', {numeric: 'auto'}).format(-Math.round(seconds / size), unit);
  return h('time', {datetime: iso, title: iso}, text);
}

export const seconds = value => value < 1 ? `${Math.round(value * 1000)} ms` : value < 90 ? `${value.toFixed(1)} s` : `${Math.round(value / 60)} min`;

/** A table; columns are {label, cell, kind}. On phones each row becomes a block. */
export function table(columns, rows, empty) {
  if (rows.length === 0) return h('p', {class: 'muted'}, empty ?? 'Nothing yet.');
  return h('div', {class: 'scroll'}, h('table', {class: 'stack'},
    h('thead', {}, h('tr', {}, columns.map(each => h('th', {scope: 'col', class: each.kind, 'aria-label': each.label ? null : 'Actions'}, each.label)))),
    h('tbody', {}, rows.map(row => h('tr', {}, columns.map(each => h('td', {class: each.kind, 'data-label': each.label}, each.cell(row))))))));
}

/** Rows of a query, as they are. */
export function grid(result) {
  return h('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Rows'}, h('table', {class: 'data'},
    h('thead', {}, h('tr', {}, result.columns.map(each => h('th', {scope: 'col', title: each.type}, each.name)))),
    h('tbody', {}, result.rows.map(row => h('tr', {}, row.map(value => value === null ? h('td', {class: 'null'}, 'null')
      : h('td', {title: text(value)}, text(value))))))));
}

export const text = value => typeof value === 'object' ? JSON.stringify(value) : String(value);

export function toast(message, kind = 'good') {
  const note = h('div', {class: `note ${kind}`}, message);
  document.getElementById('toasts').append(note);
  setTimeout(() => note.remove(), kind === 'bad' ? 12000 : 5000);
}

/** A button that cannot be pressed twice, and says what went wrong. */
export function action(label, does, {kind = '', confirm = ''} = {}) {
  return h('button', {class: kind, type: 'button', onclick: async event => {
    const button = event.currentTarget;
    if (confirm && !await asks(confirm, label)) return;
    button.disabled = true;
    try {
      await does();
    } catch (error) {
      toast(error.message, 'bad');
    } finally {
      button.disabled = false;
    }
  }}, label);
}

function asks(question, label) {
  return new Promise(answer => {
    const dialog = h('dialog', {onclose: () => { dialog.remove(); answer(dialog.returnValue === 'yes'); }},
      h('form', {method: 'dialog'}, h('p', {}, question),
        h('div', {class: 'bar'}, h('button', {value: 'no', class: 'quiet'}, 'Cancel'), h('button', {value: 'yes', class: 'danger'}, label))));
    document.body.append(dialog);
    dialog.showModal();
  });
}
