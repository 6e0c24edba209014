import {get, post, name} from './api.js';
import {h, table, ago, number, toast, action} from './dom.js';

export async function events(view) {
  const body = h('div', {});
  view.append(h('h1', {}, 'Events'), h('p', {class: 'muted'}, 'What sources send to ', h('code', {}, '/webhooks/INSTANCE'), ', or over connections that connectors hold.'), body);
  const look = async () => {
    const all = await get('/api/events');
    const aside = await Promise.all(all.filter(each => each.quarantined > 0).map(async each => ({instance: each.instance,
      events: await get(`/api/events/${name(each.instance)}/quarantine`)})));
    body.replaceChildren(h('section', {class: 'card', 'aria-label': 'Inboxes'}, table([
      {label: 'Instance', cell: each => h('a', {href: `#/connectors/${name(each.instance)}`}, each.instance)},
      {label: 'Received', kind: 'number', cell: each => number(each.received)}, {label: 'Waiting', kind: 'number', cell: each => number(each.waiting)},
      {label: 'Set aside', kind: 'number', cell: each => number(each.quarantined)},
      {label: 'State', cell: each => h('span', {class: `badge ${each.error ? 'bad' : each.full ? 'warn' : 'good'}`}, each.error ? 'held up' : each.full ? 'full' : 'flowing')},
      {label: 'What holds them up', kind: 'text', cell: each => each.error},
    ], all, 'No instance takes events.')), ...aside.map(one => h('section', {class: 'card', 'aria-label': `Set aside of ${one.instance}`},
      h('div', {class: 'bar'}, h('h2', {}, `${one.instance}: set aside`), h('span', {class: 'push'}, action('Replay all', async () => {
        toast(`${(await post(`/api/events/${name(one.instance)}/replay`, {events: []})).count} events come again`);
        await look();
      }, {kind: 'quiet'}))), table([
        {label: 'Event', kind: 'number', cell: each => each.sequence}, {label: 'Received', cell: each => ago(each.receivedAt)},
        {label: 'Reason', kind: 'text', cell: each => each.reason}, {label: 'Beginning', kind: 'text', cell: each => h('code', {}, each.preview)},
        {label: '', cell: each => h('span', {class: 'bar'}, action('Replay', async () => {
          await post(`/api/events/${name(one.instance)}/replay`, {events: [each.sequence]});
          await look();
        }, {kind: 'quiet'}), action('Drop', async () => {
          await post(`/api/events/${name(one.instance)}/drop`, {events: [each.sequence]});
          await look();
        }, {kind: 'danger', confirm: `Delete event ${each.sequence}? It cannot be brought back.`}))},
      ], one.events))));
  };
  await look();
}
