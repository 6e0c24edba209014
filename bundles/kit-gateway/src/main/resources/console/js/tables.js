import {get, download, name} from './api.js';
import {h, badge, table, grid, ago, number, bytes, action, text} from './dom.js';
import {chart} from './chart.js';

export async function tables(view) {
  const all = await get('/api/tables');
  const found = h('div', {});
  const filter = h('input', {id: 'filter', class: 'inline', type: 'search', oninput: () => show()});
  const show = () => found.replaceChildren(table([
    {label: 'Table', cell: each => h('a', {href: `#/tables/${name(each.source)}/${name(each.table)}`}, `${each.source}.${each.table}`)},
    {label: 'Rows', kind: 'number', cell: each => number(each.rows)}, {label: 'Size', kind: 'number', cell: each => bytes(each.bytes)},
    {label: 'Mode', cell: each => each.mode}, {label: 'Extracted', cell: each => ago(each.extractedAt)},
    {label: 'Description', kind: 'text', cell: each => each.description},
  ], all.filter(each => `${each.source}.${each.table} ${each.description}`.toLowerCase().includes(filter.value.toLowerCase())), 'No table. Deploy a connector first.'));
  show();
  view.append(h('div', {class: 'bar'}, h('h1', {}, 'Tables'), h('label', {for: 'filter', class: 'push'}, 'Find'), filter), h('div', {class: 'card'}, found));
}

export async function tableDetail(view, [source, tableName]) {
  const path = `/api/tables/${name(source)}/${name(tableName)}`;
  const one = await get(path);
  const panel = h('div', {role: 'tabpanel', class: 'card'});
  const tabs = {Preview: () => preview(path), Profile: () => profile(path), Schema: () => schema(path), Runs: () => history(path)};
  const list = h('div', {class: 'tabs', role: 'tablist'}, Object.keys(tabs).map(label => h('button', {role: 'tab', 'aria-selected': 'false', onclick: () => open(label)}, label)));
  const open = async label => {
    for (const tab of list.children) tab.setAttribute('aria-selected', String(tab.textContent === label));
    try {
      panel.replaceChildren(await tabs[label]());
    } catch (error) {
      panel.replaceChildren(h('p', {class: 'note bad', role: 'alert'}, error.message));
    }
  };
  view.append(h('div', {class: 'bar'}, h('h1', {}, `${source}.${tableName}`), badge(one.mode), h('span', {class: 'muted'}, `${number(one.rows)} rows, ${bytes(one.bytes)}, extracted `),
    ago(one.extractedAt), h('span', {class: 'push bar'}, h('a', {class: 'button quiet', href: `#/sql?${name(`SELECT * FROM ${source}.${tableName} LIMIT 100`)}`}, 'SQL'),
      one.mode !== 'remote' && action('Download Parquet', async () => {
        const url = URL.createObjectURL(await download(`${path}/download`));
        h('a', {href: url, download: `${tableName}.parquet`}).click();
        URL.revokeObjectURL(url);
      }, {kind: 'quiet'}))), h('p', {class: 'muted'}, one.description), list, panel);
  await open('Preview');
}

const preview = async path => grid(await get(`${path}/preview?limit=50`));

async function schema(path) {
  const {columns, history: changes} = await get(`${path}/schema`);
  return h('div', {}, table([{label: 'Column', cell: each => h('code', {}, each.name)}, {label: 'Type', cell: each => h('code', {}, each.type)}], columns),
    h('h2', {}, 'Changes'), changes.length === 0 ? h('p', {class: 'muted'}, 'The columns have not changed in the runs that are remembered.')
      : changes.map(each => h('div', {}, h('a', {href: `#/runs/${name(each.run)}`}, ago(each.at)),
        h('pre', {}, each.changes.map(line => h('div', {class: /add/i.test(line) ? 'plus' : /remove|drop|gone/i.test(line) ? 'minus' : ''},
          `${/add/i.test(line) ? '+' : /remove|drop|gone/i.test(line) ? '−' : '~'} ${line}`))))));
}

const history = async path => table([
  {label: 'Run', cell: each => h('a', {href: `#/runs/${name(each.run)}`}, ago(each.startedAt))}, {label: 'Outcome', cell: each => badge(each.outcome.outcome)},
  {label: 'Mode', cell: each => each.outcome.mode}, {label: 'Rows', kind: 'number', cell: each => number(each.outcome.rows)},
  {label: 'What happened', kind: 'text', cell: each => [each.outcome.error, each.outcome.note, ...each.outcome.schemaChanges].filter(Boolean).join('; ')},
], await get(`${path}/runs`));

async function profile(path) {
  const {rows, sampled, columns} = await get(`${path}/profile`);
  return h('div', {}, h('p', {class: 'muted'}, sampled < rows ? `From a sample of ${number(sampled)} of ${number(rows)} rows.` : `From all ${number(rows)} rows.`),
    h('div', {class: 'grid'}, columns.map(column => h('section', {class: 'card', 'aria-label': column.name},
      h('div', {class: 'bar'}, h('strong', {}, column.name), h('code', {class: 'muted'}, column.type)),
      h('p', {class: 'muted'}, `${number(column.nulls)} null, ${column.distinct > 100 ? 'about ' : ''}${number(column.distinct)} distinct`,
        column.min !== null && `, ${text(column.min)} to ${text(column.max)}`),
      column.histogram.length > 1 ? chart(column.histogram.map(each => ({label: each.label, value: each.count})), `Histogram of ${column.name}`, 340)
        : column.top.length > 0 && table([{label: 'Value', kind: 'text', cell: each => text(each.value)}, {label: 'Rows', kind: 'number', cell: each => number(each.count)}],
          column.top.slice(0, 8))))));
}
