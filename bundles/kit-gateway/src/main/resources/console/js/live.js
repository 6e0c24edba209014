import {listen} from './api.js';
import {h, number, bytes, badge} from './dom.js';

/** Follows all runs: calls back with those that go on, by id, whenever something happens. */
export function follow(signal, changed, path = '/api/runs/events') {
  const active = new Map();
  listen(path, signal, event => {
    if (event.kind === 'ENDED') {
      active.delete(event.run);
    } else if (event.progress) {
      active.set(event.run, {...event.progress, tables: event.progress.tables ?? []});
    } else if (event.table && active.has(event.run)) {
      const one = active.get(event.run);
      one.tables = [...one.tables.filter(each => each.table !== event.table.table), event.table];
    }
    changed(active, event);
  });
}

/** A run that goes on. */
export function progressOf(run) {
  const open = run.tables.filter(each => !each.outcome);
  return h('div', {class: 'card'},
    h('div', {class: 'bar'}, h('a', {href: `#/runs/${encodeURIComponent(run.run)}`}, h('strong', {}, run.instance)), badge(run.running ? 'RUNNING' : 'QUEUED'),
      h('span', {class: 'muted push'}, run.trigger)),
    run.tables.length > 0 && h('progress', {max: run.tables.length, value: run.tables.length - open.length, 'aria-label': `Tables of ${run.instance}`}),
    h('ul', {class: 'muted'}, run.tables.filter(each => !each.outcome).slice(0, 6).map(each => h('li', {}, `${each.table}: ${number(each.rows)} rows, ${bytes(each.bytes)}`,
      each.rowsPerSecond > 0 ? `, ${number(Math.round(each.rowsPerSecond))} rows/s` : '', each.expected > 0 ? `, ${each.done} of ${each.expected}` : ''))));
}
