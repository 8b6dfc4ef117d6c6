// Rows that a database refuses: set aside with the error, until somebody retries or discards them.
import { html, useState } from '../vendor/htm-preact.js';
import { discardParked, retryParked } from '../actions.js';
import { withQuery } from '../api.js';
import { useAnswer } from '../asked.js';
import { exact, id } from '../format.js';
import { Act, DatabaseLink, Entry, Time } from '../parts.js';
import { replaceQuery } from '../route.js';
import { Table } from '../table.js';

const SIZE = 50;

const columns = again => [
  { id: 'key', label: 'Row', cell: row => html`<code>${row.key.join(', ')}</code> of ${row.mapping}` },
  { id: 'database', label: 'Database', cell: row => html`<${DatabaseLink} tenant=${row.tenant} name=${row.target} />` },
  { id: 'error', label: 'Error', wide: true, cell: row => html`${row.error} ${row.sql_state && html`<span class="soft">(${row.sql_state})</span>`}` },
  { id: 'tries', label: 'Tries', number: true, cell: row => exact(row.tries) },
  { id: 'parked', label: 'Parked', cell: row => html`<${Time} at=${row.parked_at} />` },
  { id: 'id', label: 'Sequence id', number: true, cell: row => id(row.sequence_id) },
  {
    id: 'act',
    label: 'Actions',
    cell: row => html`<span class="buttons"><${Act} text="Retry" on=${`row ${row.key.join(', ')} of ${row.mapping}`} act=${() => retryParked(row, again)} />
      <${Act} text="Discard" danger on=${`row ${row.key.join(', ')} of ${row.mapping}`} act=${() => discardParked(row, again)} /></span>`,
  },
];

/** @param query tenant, target, mapping: which rows */
export function ParkedTable({ query, total, page, onPage, children }) {
  const [own, setOwn] = useState(1);
  const number = page ?? own;
  const asked = useAnswer(withQuery('/api/v1/parked', { ...query, page: number, size: SIZE }));
  const rows = asked.answer?.rows ?? null;
  return html`<${Table} caption="Parked rows" columns=${columns(asked.again)} rows=${rows} id=${row => row.id} problem=${asked.problem}
    empty="No row is parked: every database takes what it gets."
    page=${{ number, size: SIZE, total, shown: rows?.length ?? 0, more: rows?.length === SIZE }} onPage=${onPage ?? setOwn}>${children}</${Table}>`;
}

export function Parked({ route, live }) {
  const { tenant = '', mapping = '' } = route.query;
  const page = Math.max(1, Math.round(Number(route.query.page)) || 1);
  const names = live.status?.sync_engine.mappings.map(m => m.name) ?? [];
  return html`<p>A row that a database refuses is set aside, so that the others go on. It is tried again when it changes, or from here.</p>
    <${ParkedTable} query=${{ tenant, mapping }} total=${tenant || mapping ? null : live.status?.totals.parked_rows}
      page=${page} onPage=${next => replaceQuery(route, { page: next })}>
      <label>Tenant <${Entry} value=${tenant} onChange=${event => replaceQuery(route, { tenant: event.target.value.trim(), page: '' })} /></label>
      <label>Mapping <select onChange=${event => replaceQuery(route, { mapping: event.target.value, page: '' })}>
        <option value="">all</option>${names.map(name => html`<option value=${name} selected=${name === mapping}>${name}</option>`)}</select></label>
    </${ParkedTable}>`;
}
