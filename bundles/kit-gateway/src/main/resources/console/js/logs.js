import {get, name} from './api.js';
import {h} from './dom.js';

export async function logs(view, args, signal) {
  const out = h('pre', {tabindex: '0', 'aria-label': 'Log'});
  const filter = h('input', {id: 'contains', class: 'inline', type: 'search', oninput: () => look()});
  const look = async () => {
    const {lines} = await get(`/api/logs?lines=400&contains=${name(filter.value)}`);
    if (!signal.aborted) {
      out.replaceChildren(...lines.map(line => h('div', {class: / (ERROR|WARN)\b/.test(line) ? 'minus' : ''}, line)));
    }
  };
  view.append(h('div', {class: 'bar'}, h('h1', {}, 'Log'), h('label', {for: 'contains', class: 'push'}, 'Only with'), filter), h('div', {class: 'card'}, out));
  await look();
  const again = setInterval(() => document.hidden || look().catch(() => {}), 3000);
  signal.addEventListener('abort', () => clearInterval(again));
}
