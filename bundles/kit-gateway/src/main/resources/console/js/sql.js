import {post, get, name} from './api.js';
import {h, grid, number} from './dom.js';
import {chart} from './chart.js';

const KEPT = 'kit-sql';

export async function sql(view) {
  const asked = decodeURIComponent(location.hash.split('?')[1] ?? '');
  const known = await get('/api/tables');
  const box = h('textarea', {id: 'sql', class: 'code', spellcheck: 'false', 'aria-describedby': 'sql-help',
    value: asked || sessionStorage.getItem(KEPT) || (known[0] ? `SELECT *\nFROM ${known[0].source}.${known[0].table}\nLIMIT 100` : 'SELECT 42 AS answer')});
  const out = h('div', {'aria-live': 'polite'});
  const go = h('button', {}, 'Run');
  const run = async () => {
    sessionStorage.setItem(KEPT, box.value);
    go.disabled = true;
    const begin = performance.now();
    try {
      const result = await post('/api/query', {sql: box.value, limit: 2000});
      out.replaceChildren(h('p', {class: 'muted'}, `${number(result.rows.length)} rows in ${((performance.now() - begin) / 1000).toFixed(2)} s`,
        result.truncated && '; there are more, cut at the limit'), picture(result), grid({...result, rows: result.rows.slice(0, 500)}));
    } catch (error) {
      out.replaceChildren(h('p', {class: 'note bad', role: 'alert'}, error.message));
    } finally {
      go.disabled = false;
    }
  };
  box.addEventListener('keydown', event => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      run();
    }
  });
  view.append(h('h1', {}, 'SQL'), h('form', {class: 'card', onsubmit: event => { event.preventDefault(); run(); }},
    h('label', {for: 'sql'}, 'One SELECT over all tables'), h('span', {class: 'help', id: 'sql-help'}, 'Ctrl+Enter runs it. Nothing can be changed here.'), box,
    h('p', {}), h('div', {class: 'bar'}, go, h('label', {for: 'pick', class: 'push'}, 'Tables'),
      h('select', {id: 'pick', class: 'inline', onchange: event => { box.value += (box.value.endsWith('\n') ? '' : ' ') + event.target.value; box.focus(); }},
        h('option', {value: ''}, 'insert a name'), known.map(each => h('option', {value: `${each.source}.${each.table}`}, `${each.source}.${each.table}`))))),
  h('div', {class: 'card'}, out));
  out.append(h('p', {class: 'muted'}, 'The result comes here.'));
  if (asked) await run();
}

const NUMERIC = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL.*)$/;

/** A chart where there is something to see: the first column against the first number behind it. */
function picture(result) {
  const y = result.columns.findIndex((column, i) => i > 0 && NUMERIC.test(column.type));
  if (y < 0 || result.rows.length < 2 || result.rows.length > 1000) return null;
  const points = result.rows.filter(row => row[y] !== null).map(row => ({label: row[0] ?? 'null', value: row[y]}));
  const title = `${result.columns[y].name} by ${result.columns[0].name}`;
  return h('details', {open: result.columns.length <= 3}, h('summary', {}, `Chart: ${title}`), chart(points, title));
}
