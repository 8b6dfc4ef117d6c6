// All external databases: searched, sorted and paged by the server, which may know ten thousand of them.
import { html, useEffect, useState } from '../vendor/htm-preact.js';
import { withQuery } from '../api.js';
import { useAnswer, useRested } from '../asked.js';
import { count, duration, reason, sum } from '../format.js';
import { DatabaseLink, Since, State, Time } from '../parts.js';
import { replaceQuery } from '../route.js';
import { Table } from '../table.js';

const SIZE = 50;
const most = (rows, field) => rows.reduce((highest, row) => (row[field] == null ? highest : Math.max(highest ?? 0, row[field])), null);

const COLUMNS = [
  { id: 'name', label: 'Database', sort: true, cell: row => html`<${DatabaseLink} tenant=${row.tenant} name=${row.name} />` },
  { id: 'status', label: 'Status', sort: true, cell: row => html`<${State} of=${row.status} /> ${row.since && html`<${Since} at=${row.since} />`}` },
  { id: 'backlog', label: 'Backlog', sort: true, number: true, cell: row => (row.mappings.some(m => m.backlog_at_least) ? 'over ' : '') + (row.mappings.length ? count(sum(row.mappings, 'backlog')) : '–') },
  { id: 'lag', label: 'Lag', sort: true, number: true, cell: row => duration(most(row.mappings, 'lag_ms')) },
  { id: 'parked', label: 'Parked', sort: true, number: true, cell: row => count(row.parked) },
  { id: 'checked', label: 'Last report', sort: true, cell: row => html`<${Time} at=${row.checked_at} />` },
  { id: 'error', label: 'Error', wide: true, cell: row => reason(row.error) ?? 'none' },
];

export function Databases({ route, live }) {
  const { search = '', status = '', sort = 'name' } = route.query;
  const page = Math.max(1, Math.round(Number(route.query.page)) || 1);
  const [typed, setTyped] = useState(search);
  const rested = useRested(typed);
  useEffect(() => {
    if (rested !== search) replaceQuery(route, { search: rested, page: '' });
  }, [rested]);
  const asked = useAnswer(withQuery('/api/v1/external-databases', { search, status, sort, page, size: SIZE }));
  const rows = asked.answer?.external_databases ?? null;
  const totals = live.status?.totals;
  const option = (value, label, number) => html`<option value=${value} selected=${status === value}>${label}${totals ? ` (${count(number)})` : ''}</option>`;
  return html`<${Table} caption="Databases" columns=${COLUMNS} rows=${rows} id=${row => row.tenant + '/' + row.name} problem=${asked.problem}
    empty=${status ? 'No database is like this.' : 'No runtime has reported on a database yet. Add one to external_databases.'}
    sort=${sort} onSort=${next => replaceQuery(route, { sort: next, page: '' })}
    search=${typed} onSearch=${setTyped}
    page=${{ number: page, size: SIZE, total: asked.answer?.page.total, shown: rows?.length ?? 0 }} onPage=${next => replaceQuery(route, { page: next })}>
    <label>Status <select onChange=${event => replaceQuery(route, { status: event.target.value, page: '' })}>
      ${option('', 'all', totals?.targets)}${option('error', 'failing', totals?.failing)}${option('paused', 'paused', totals?.paused)}
      ${option('copying', 'copying', totals?.copying)}${option('ok', 'ok', totals?.ok)}</select></label>
  </${Table}>`;
}
