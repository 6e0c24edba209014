import {get, post, put, remove, name} from './api.js';
import {h, badge, table, ago, number, toast, action} from './dom.js';
import {dropZone, shipped} from './overview.js';
import {reason} from './runs.js';

export async function connectors(view, args, signal) {
  const body = h('div', {});
  const look = async () => {
    const [instances, deployments, known] = await Promise.all([get('/api/instances'), get('/api/deployments'), get('/api/connectors')]);
    body.replaceChildren(
      h('section', {class: 'card', 'aria-label': 'Instances'}, h('div', {class: 'bar'}, h('h2', {}, 'Instances')), table([
        {label: 'Instance', cell: each => h('a', {href: `#/connectors/${name(each.instance)}`}, each.instance)},
        {label: 'Connector', kind: 'short', cell: each => `${each.connector} ${each.version}`}, {label: 'State', cell: each => badge(each.state)},
        {label: 'Reason', kind: 'text', cell: each => each.reason || each.lastRun && reason(each.lastRun) || ''},
        {label: 'Tables', kind: 'number', cell: each => number(each.tables)}, {label: 'Rows', kind: 'number', cell: each => number(each.rows)},
        {label: 'Next run', cell: each => each.nextRun ? ago(each.nextRun) : ''},
      ], instances, 'No instance yet. Drop a jar, or configure a connector.')),
      h('section', {class: 'card', 'aria-label': 'Connectors'}, h('h2', {}, 'Connectors'), table([
        {label: 'Connector', cell: each => `${each.name} ${each.version}`}, {label: 'Can', cell: each => each.capabilities.join(', ')},
        {label: 'Description', kind: 'text', cell: each => each.description},
        {label: '', cell: each => h('a', {class: 'button quiet', href: `#/configure/${name(each.name)}`}, 'New instance')},
      ], known, 'None is deployed.')),
      h('section', {class: 'card', 'aria-label': 'Deploy folder'}, h('h2', {}, 'Deploy folder'), table([
        {label: 'File', cell: each => each.file}, {label: 'State', cell: each => badge(each.state)},
        {label: 'Bundle', cell: each => `${each.bundle} ${each.version}`}, {label: 'Reason', kind: 'text', cell: each => each.reason || each.note},
        {label: '', cell: each => action('Remove', async () => {
          await remove(`/api/deployments/${name(each.file)}`);
          toast(`${each.file} is removed; what it extracted stays`);
          await look();
        }, {kind: 'danger', confirm: `Remove ${each.file}? What it extracted stays and can be queried.`})},
      ], deployments, 'The folder is empty.')));
  };
  view.append(h('h1', {}, 'Connectors'), body, dropZone(look));
  await look();
  view.append(await shipped(look));
  // What was dropped is installed in its own time.
  const again = setInterval(() => document.hidden || look().catch(() => {}), 3000);
  signal.addEventListener('abort', () => clearInterval(again));
}

export async function connector(view, [instance]) {
  const [one, explanation, states, runs] = await Promise.all([get(`/api/instances/${name(instance)}`), get(`/api/explain/${name(instance)}`),
    get(`/api/instances/${name(instance)}/state`).catch(() => []), get(`/api/runs?limit=20&instance=${name(instance)}`)]);
  const begin = full => async () => {
    const begun = await post('/api/runs', {instance, full});
    location.hash = `#/runs/${name(begun.run)}`;
  };
  view.append(
    h('div', {class: 'bar'}, h('h1', {}, instance), badge(one.state), h('span', {class: 'muted'}, `${one.connector} ${one.version}: ${one.capabilities.join(', ')}`),
      h('span', {class: 'push bar'}, action('Run', begin(false)), action('Read all again', begin(true), {kind: 'quiet'}),
        h('a', {class: 'button quiet', href: `#/configure/${name(one.connector)}/${name(instance)}`}, 'Configure'))),
    one.reason && h('p', {class: 'note bad'}, one.reason, one.remedy && ` — ${one.remedy}`),
    h('section', {class: 'card', 'aria-label': 'Why'}, h('h2', {}, 'Why it is so'), h('pre', {}, explanation.lines.join('\n'))),
    h('section', {class: 'card', 'aria-label': 'Tables'}, h('h2', {}, 'Tables'), table([
      {label: 'Table', cell: each => h('a', {href: `#/tables/${name(instance)}/${name(each.table)}`}, each.table)},
      {label: 'Rows', kind: 'number', cell: each => number(each.rows)}, {label: 'Comes in by', cell: each => each.strategy.toLowerCase()},
      {label: 'Read up to', cell: each => each.watermark || 'all'}, {label: 'Files', kind: 'number', cell: each => number(each.dataFiles)},
      {label: 'Read', cell: each => ago(each.readAt)},
    ], states, 'Nothing was extracted yet.')),
    h('section', {class: 'card', 'aria-label': 'Runs'}, h('h2', {}, 'Runs'), table([
      {label: 'Run', cell: each => h('a', {href: `#/runs/${name(each.run)}`}, each.run)}, {label: 'Outcome', cell: each => badge(each.outcome)},
      {label: 'Why', cell: each => each.trigger}, {label: 'Rows', kind: 'number', cell: each => number(each.rows)},
      {label: 'Began', cell: each => ago(each.startedAt)}, {label: 'Error', kind: 'text', cell: reason},
    ], runs, 'It has not run yet.')));
}

/** A form made of what the connector declares. Secrets are set in the environment; those in settings are never shown. */
export async function configure(view, [connectorName, instance]) {
  const declared = await get(`/api/connectors/${name(connectorName)}`);
  const present = instance ? await get(`/api/instances/${name(instance)}/config`).catch(() => null) : null;
  const values = present?.document.config ?? {};
  const problems = h('div', {});
  const fields = new Map();
  const control = setting => {
    const given = values[setting.name] ?? '';
    const common = {id: `s-${setting.name}`, 'aria-describedby': `h-${setting.name}`, required: setting.required && setting.fallback === null && !present?.hidden.includes(setting.name)};
    if (setting.type === 'boolean') {
      return h('select', common, ['', 'true', 'false'].map(each => h('option', {value: each, selected: String(given) === each}, each || 'as usual')));
    }
    if (setting.values.length) {
      return h('select', common, ['', ...setting.values].map(each => h('option', {value: each, selected: given === each}, each || 'as usual')));
    }
    if (['array', 'object'].includes(setting.type)) {
      return h('textarea', {...common, class: 'code', rows: 3, placeholder: 'JSON', value: given === '' ? '' : JSON.stringify(given, null, 1)});
    }
    const numeric = ['integer', 'number'].includes(setting.type);
    return h('input', {...common, type: setting.secret ? 'password' : numeric ? 'number' : 'text', step: setting.type === 'number' ? 'any' : null, autocomplete: 'off',
      min: setting.minimum, max: setting.maximum, value: given,
      placeholder: present?.hidden.includes(setting.name) ? 'set, not shown' : setting.fallback !== null ? String(setting.fallback) : ''});
  };
  for (const setting of declared.settings) fields.set(setting, control(setting));
  const title = h('input', {id: 'instance', required: true, pattern: '[a-z][a-z0-9_]{0,39}', value: instance ?? connectorName, disabled: Boolean(instance),
    'aria-describedby': 'h-instance'});
  const schedule = h('input', {id: 'schedule', value: typeof present?.document.schedule === 'string' ? present.document.schedule : '', placeholder: 'every 15m, daily 02:30, …',
    'aria-describedby': 'h-schedule'});
  const document_ = () => {
    const config = {};
    for (const [setting, input] of fields) {
      if (input.value === '') continue;
      config[setting.name] = setting.type === 'boolean' ? input.value === 'true' : ['integer', 'number'].includes(setting.type) ? Number(input.value)
        : ['array', 'object'].includes(setting.type) ? JSON.parse(input.value) : input.value;
    }
    const kept = present?.document ?? {};
    return {connector: connectorName, config, tables: kept.tables, writes: kept.writes,
      schedule: schedule.value || (typeof kept.schedule === 'object' ? kept.schedule : undefined)};
  };
  const save = async trial => {
    const saved = await put(`/api/instances/${name(title.value)}/config${trial ? '?trial=true' : ''}`, document_());
    problems.replaceChildren(...saved.problems.map(each => h('p', {class: 'note bad', role: 'alert'}, each)), ...saved.notes.map(each => h('p', {class: 'note warn'}, each)));
    if (saved.problems.length === 0) {
      toast(trial ? 'This would be taken.' : `${title.value} is configured`);
      if (!trial) location.hash = `#/connectors/${name(title.value)}`;
    }
  };
  const failed = error => problems.replaceChildren(h('p', {class: 'note bad', role: 'alert'}, error.message));
  view.append(h('h1', {}, instance ? `Configure ${instance}` : `New instance of ${connectorName}`), h('p', {class: 'muted'}, declared.description),
    h('form', {class: 'card', onsubmit: event => { event.preventDefault(); save(false).catch(failed); }},
      problems,
      field('instance', 'Name', 'Of its file, its folder and its schema in SQL: lower-case letters, digits and underscores.', title),
      [...fields].map(([setting, input]) => field(`s-${setting.name}`, setting.name + (setting.required ? ' *' : ''), setting.description, input, `h-${setting.name}`)),
      field('schedule', 'Schedule', 'When to extract by itself; empty for never.', schedule),
      declared.variables.length > 0 && h('div', {class: 'field'}, h('strong', {}, 'Secrets'),
        h('p', {class: 'help'}, 'They are read from the gateway\'s environment and never pass through here.'),
        h('ul', {}, declared.variables.map(each => h('li', {}, h('code', {}, each.name), ' ', h('span', {class: `badge ${each.present ? 'good' : each.required ? 'bad' : ''}`},
          each.present ? 'set' : each.required ? 'missing' : 'not set'), ' ', each.description)))),
      h('div', {class: 'bar'}, h('button', {}, 'Save'), h('button', {class: 'quiet', type: 'button', onclick: () => save(true).catch(failed)}, 'Check only'),
        instance && present && action('Delete', async () => {
          await remove(`/api/instances/${name(instance)}/config`);
          toast(`The configuration of ${instance} is deleted; its data stays`);
          location.hash = '#/connectors';
        }, {kind: 'danger', confirm: `Delete the configuration of ${instance}? What it extracted stays.`}))));
}

const field = (id, label, help, input, helpId = `h-${id}`) => h('div', {class: 'field'}, h('label', {for: id}, label),
  help && h('span', {class: 'help', id: helpId}, help), input);
