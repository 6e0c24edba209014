import {get, post, name} from './api.js';
import {h, badge, tone, table, ago, number, bytes, seconds, toast, action} from './dom.js';
import {follow, progressOf} from './live.js';

export async function runs(view, args, signal) {
  const live = h('section', {'aria-label': 'Runs that go on'});
  const past = h('div', {});
  view.append(h('div', {class: 'bar'}, h('h1', {}, 'Runs'), h('span', {class: 'push'}, action('Run everything', async () => {
    toast((await post('/api/sync/trigger')).message);
  }, {kind: 'quiet'}))), live, past);
  const look = async () => {
    const all = await get('/api/runs?limit=200');
    past.replaceChildren(h('section', {class: 'card', 'aria-label': 'Timeline'}, h('h2', {}, 'Timeline'), timeline(all)),
      h('section', {class: 'card', 'aria-label': 'Ended'}, h('h2', {}, 'Ended'), table([
        {label: 'Run', cell: each => h('a', {href: `#/runs/${name(each.run)}`}, each.instance)}, {label: 'Outcome', cell: each => badge(each.outcome)},
        {label: 'Why', cell: each => each.trigger}, {label: 'Tables', kind: 'number', cell: each => number(each.tables.length)},
        {label: 'Rows', kind: 'number', cell: each => number(each.rows)}, {label: 'Took', kind: 'number', cell: each => seconds(each.seconds)},
        {label: 'Began', cell: each => ago(each.startedAt)}, {label: 'Error', kind: 'text', cell: reason},
      ], all, 'Nothing has run yet.')));
  };
  await look();
  let known = '';
  follow(signal, active => {
    live.replaceChildren(...[...active.values()].map(progressOf));
    const now = [...active.keys()].join();
    if (now !== known) look().catch(() => {});
    known = now;
  });
}

/** Of the run, or of the first of its tables that has one. */
export const reason = each => each.error || each.tables.find(one => one.error)?.error || '';

/** A line for each instance, a bar for each run. */
function timeline(all) {
  if (all.length === 0) return h('p', {class: 'muted'}, 'Nothing has run yet.');
  const end = Date.now();
  const begin = Math.min(...all.map(each => Date.parse(each.startedAt)));
  const span = Math.max(1, end - begin);
  const instances = [...new Set(all.map(each => each.instance))].sort();
  return h('div', {}, instances.map(instance => h('div', {}, h('span', {class: 'muted'}, instance), h('div', {class: 'timeline'},
    all.filter(each => each.instance === instance).map(each => h('a', {href: `#/runs/${name(each.run)}`, class: tone(each.outcome) === 'good' ? '' : tone(each.outcome),
      style: `left:${(Date.parse(each.startedAt) - begin) / span * 99}%;width:${Math.max(0.4, each.seconds * 1000 / span * 100)}%`,
      title: `${each.instance}: ${each.outcome}, ${each.rows} rows, ${each.startedAt}`, 'aria-label': `${each.instance} ${each.outcome} ${each.startedAt}`}))))),
  h('div', {class: 'bar muted'}, ago(new Date(begin).toISOString()), h('span', {class: 'push'}, 'now')));
}

export async function run(view, [id], signal) {
  const body = h('div', {});
  view.append(body);
  const look = async () => {
    const one = await get(`/api/runs/${name(id)}`);
    body.replaceChildren(one.ended ? ended(one.ended) : going(one.active));
    return one;
  };
  const first = await look();
  if (first.ended) return;
  follow(signal, (active, event) => {
    if (event.kind === 'ENDED') look().catch(error => toast(error.message, 'bad'));
    else if (active.has(id)) body.replaceChildren(going(active.get(id)));
  }, `/api/runs/${name(id)}/events`);
}

const going = one => h('div', {}, h('div', {class: 'bar'}, h('h1', {}, one.instance), badge(one.running ? 'RUNNING' : 'QUEUED'), h('span', {class: 'push'},
  action('Cancel', async () => {
    await post(`/api/runs/${name(one.run)}/cancel`);
    toast('It is being cancelled; nothing of it is published');
  }, {kind: 'danger'}))), progressOf(one), h('section', {class: 'card', 'aria-label': 'Tables'}, table([
  {label: 'Table', cell: each => each.table}, {label: 'Outcome', cell: each => each.outcome ? badge(each.outcome) : h('span', {class: 'badge warn'}, 'reading')},
  {label: 'Rows', kind: 'number', cell: each => number(each.rows)}, {label: 'Size', kind: 'number', cell: each => bytes(each.bytes)},
  {label: 'Error', kind: 'text', cell: each => each.error},
], one.tables, 'No table has begun yet.')));

const ended = one => h('div', {}, h('div', {class: 'bar'}, h('h1', {}, one.instance), badge(one.outcome), h('span', {class: 'muted'}, one.run)),
  one.error && h('p', {class: 'note bad'}, one.error),
  h('p', {class: 'muted'}, `${one.trigger}, ${one.connector} ${one.version}, took ${seconds(one.seconds)}, began `, ago(one.startedAt)),
  h('section', {class: 'card', 'aria-label': 'Tables'}, table([
    {label: 'Table', cell: each => h('a', {href: `#/tables/${name(one.instance)}/${name(each.table)}`}, each.table)},
    {label: 'Outcome', cell: each => badge(each.outcome)}, {label: 'Mode', cell: each => each.mode},
    {label: 'Rows', kind: 'number', cell: each => number(each.rows)}, {label: 'Deleted', kind: 'number', cell: each => number(each.deleted)},
    {label: 'Size', kind: 'number', cell: each => bytes(each.bytes)}, {label: 'Took', kind: 'number', cell: each => seconds(each.seconds)},
    {label: 'Read up to', cell: each => each.watermarkAfter}, {label: 'What happened', kind: 'text', cell: each => [each.error, each.note, ...each.schemaChanges].filter(Boolean).join('; ')},
  ], one.tables, 'No table was read.')));
