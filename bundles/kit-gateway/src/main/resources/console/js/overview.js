import {get, upload, post, name} from './api.js';
import {h, badge, table, ago, number, seconds, toast, action} from './dom.js';
import {follow, progressOf} from './live.js';
import {reason} from './runs.js';

export async function overview(view, args, signal) {
  const live = h('section', {'aria-label': 'Runs that go on'});
  const fresh = h('div', {});
  const look = async () => {
    const [status, instances, deployments, runs, tables, events] = await Promise.all([get('/api/status'), get('/api/instances'), get('/api/deployments'),
      get('/api/runs?limit=8'), get('/api/tables'), get('/api/events')]);
    const box = instances.length + deployments.length === 0 && await shipped(look, 'Nothing is deployed yet. Take a connector that is in the box, or drop a jar below:');
    if (!signal.aborted) fresh.replaceChildren(...content(status, instances, deployments, runs, tables, events, box));
  };
  view.append(h('h1', {}, 'Overview'), fresh, live, dropZone(look));
  await look();
  let known = '';
  follow(signal, active => {
    live.replaceChildren(active.size ? h('h2', {}, 'Running now') : '', ...[...active.values()].map(progressOf));
    const now = [...active.keys()].join();
    if (now !== known) look().catch(() => {});
    known = now;
  });
}

function content(status, instances, deployments, runs, tables, events, box) {
  const rejected = deployments.filter(each => ['REJECTED', 'UNRESOLVED', 'FAILED'].includes(each.state));
  const needy = instances.filter(each => status.attention.includes(each.instance) || ['FAILED', 'PARTIAL'].includes(each.lastRun?.outcome));
  const held = events.filter(each => each.error || each.quarantined > 0);
  const open = needy.length + rejected.length + held.length;
  const well = open === 0;
  return [
    h('div', {class: 'grid figures'},
      figure('Health', well ? 'All is well' : `${open} need${open === 1 ? 's' : ''} a person`, well ? 'good' : 'bad'),
      figure('Instances', Object.entries(status.instances).map(([state, count]) => `${count} ${state.toLowerCase()}`).join(', ') || 'none yet'),
      figure('Tables', number(tables.length)), figure('Rows', number(tables.reduce((sum, each) => sum + each.rows, 0)))),
    !well && h('section', {class: 'card', 'aria-label': 'What needs a person'}, h('h2', {}, 'What needs a person'),
      needy.map(each => h('div', {class: 'note bad'}, h('a', {href: `#/connectors/${name(each.instance)}`}, each.instance), ' ', badge(each.reason || !each.lastRun ? each.state : each.lastRun.outcome), ' ',
        each.reason || each.lastRun && reason(each.lastRun) || '', each.remedy ? ` — ${each.remedy}` : '')),
      rejected.map(each => h('div', {class: 'note bad'}, h('strong', {}, each.file), ' ', badge(each.state), ' ', each.reason)),
      held.map(each => h('div', {class: 'note bad'}, h('a', {href: '#/events'}, `${each.instance}: events`), ' ',
        [each.error, each.quarantined > 0 && `${number(each.quarantined)} set aside, to be replayed or dropped`].filter(Boolean).join('; ')))),
    box,
    !box && h('section', {class: 'card', 'aria-label': 'Last runs'}, h('h2', {}, 'Last runs'), table([
      {label: 'Instance', cell: each => h('a', {href: `#/runs/${name(each.run)}`}, each.instance)},
      {label: 'Outcome', cell: each => badge(each.outcome)}, {label: 'Rows', kind: 'number', cell: each => number(each.rows)},
      {label: 'Took', kind: 'number', cell: each => seconds(each.seconds)}, {label: 'Began', cell: each => ago(each.startedAt)},
    ], runs, 'Nothing has run yet. What is deployed runs when it is ready: see Connectors.')),
  ].filter(Boolean);
}

const figure = (label, value, kind = '') => h('div', {class: 'card'}, h('div', {class: 'muted'}, label),
  h('div', {class: `figure ${kind === 'bad' ? 'minus' : kind === 'good' ? 'plus' : ''}`}, value));

/** Where jars are dropped. */
export function dropZone(again) {
  const input = h('input', {type: 'file', accept: '.jar', multiple: true, id: 'jars', onchange: () => take(input.files)});
  const zone = h('section', {class: 'card drop', 'aria-label': 'Deploy'}, h('p', {}, 'Drop a connector\'s jar here, or choose it:'),
    h('label', {for: 'jars', class: 'muted'}, 'Jar files'), input);
  const said = h('div', {role: 'alert'});
  zone.append(said);
  const take = async files => {
    said.replaceChildren();
    for (const file of files) {
      try {
        const deployed = await upload(`/api/deployments/${name(file.name)}`, file);
        toast(`${file.name}: connector ${deployed.jar.connector} ${deployed.jar.version} is being installed`);
      } catch (error) {
        said.append(h('p', {class: 'note bad'}, `${file.name}: ${error.message}`));
      }
    }
    await again().catch(() => {});
  };
  zone.addEventListener('dragover', event => { event.preventDefault(); zone.classList.add('over'); });
  zone.addEventListener('dragleave', () => zone.classList.remove('over'));
  zone.addEventListener('drop', event => { event.preventDefault(); zone.classList.remove('over'); take(event.dataTransfer.files); });
  return zone;
}

/** Connectors that come with the product. */
export async function shipped(again, hint = '') {
  const all = await get('/api/shipped');
  return h('section', {class: 'card', 'aria-label': 'Connectors in the box'}, h('h2', {}, 'In the box'), hint && h('p', {class: 'muted'}, hint),
    h('div', {class: 'bar'}, all.map(each => action(`Deploy ${each.name}`, async () => {
      await post(`/api/shipped/${name(each.name)}/deploy`);
      toast(`${each.name} is being installed`);
      await again();
    }, {kind: 'quiet'}))));
}
