// Requests that are not done: the dead ones, unless others are asked for.
import { html } from '../vendor/htm-preact.js';
import { discardAllRequests, discardRequest, retryAllRequests, retryRequest } from '../actions.js';
import { withQuery } from '../api.js';
import { useAnswer } from '../asked.js';
import { due, duration, exact } from '../format.js';
import { Act, State, TenantLink, Time } from '../parts.js';
import { replaceQuery } from '../route.js';
import { Table } from '../table.js';

const SIZE = 50;
const STATES = { dead: 'dead', pending: 'waiting', in_flight: 'in flight', stale: 'lease ended', all: 'all' };
const EMPTY = { dead: 'No request is dead: all were delivered, or are still tried.', all: 'Nothing waits.' };

/** What a request is about, and where it goes. */
function What({ row }) {
  if (row.kind === 'sync') return html`sync of tenant <${TenantLink} tenant=${row.tenant} />`;
  const [sender] = (row.sender ?? 'application').split(':');
  const about = row.mapping ? html`webhook of ${row.mapping}${row.key && html`, row <code>${row.key.join(', ')}</code>`}` : sender;
  return html`${about}${row.tenant && html`, tenant <${TenantLink} tenant=${row.tenant} />`}<br /><code>${row.url}</code>`;
}

const LastTry = ({ of }) => (of ? html`<${Time} at=${of.ended_at} /> <span class="soft">${of.status ?? 'no answer'} in ${duration(of.duration_ms)}</span>` : '–');

const columns = again => [
  { id: 'id', label: 'Request', cell: row => exact(row.id) },
  { id: 'what', label: 'What', cell: row => html`<${What} row=${row} />` },
  { id: 'state', label: 'State', cell: row => html`<${State} of=${row.state} text=${STATES[row.state]} />` },
  { id: 'attempts', label: 'Attempts', number: true, cell: row => exact(row.attempts) },
  { id: 'try', label: 'Last try', cell: row => html`<${LastTry} of=${row.last_try} />` },
  { id: 'error', label: 'Last error', wide: true, cell: row => row.last_error ?? 'none' },
  { id: 'created', label: 'Enqueued', cell: row => html`<${Time} at=${row.created_at} />` },
  {
    id: 'act',
    label: 'Actions',
    cell: row => row.state === 'dead'
      ? html`<span class="buttons"><${Act} text="Retry" on=${`request ${row.id}`} act=${() => retryRequest(row, again)} />
          <${Act} text="Discard" danger on=${`request ${row.id}`} act=${() => discardRequest(row, again)} /></span>`
      : row.state === 'pending' && row.attempts > 0 && row.not_before ? html`<span class="soft">next try ${due(row.not_before)}</span>` : 'none',
  },
];

export function Requests({ route, live }) {
  const { state = 'dead' } = route.query;
  const page = Math.max(1, Math.round(Number(route.query.page)) || 1);
  const asked = useAnswer(withQuery('/api/v1/requests', { state, page, size: SIZE }));
  const rows = asked.answer?.requests ?? null;
  const poller = live.status?.poller;
  const totals = { all: poller?.total, dead: poller?.dead, pending: poller?.pending, in_flight: poller?.in_flight, stale: poller?.stale };
  return html`<p>A request is dead once its last try has failed. It waits here until somebody retries or discards it.</p>
    <${Table} caption="Requests" columns=${columns(asked.again)} rows=${rows} id=${row => row.id} problem=${asked.problem}
      empty=${EMPTY[state] ?? 'No request is in this state.'}
      page=${{ number: page, size: SIZE, total: totals[state], shown: rows?.length ?? 0, more: rows?.length === SIZE }} onPage=${next => replaceQuery(route, { page: next })}>
      <label>State <select onChange=${event => replaceQuery(route, { state: event.target.value, page: '' })}>
        ${Object.entries(STATES).map(([value, text]) => html`<option value=${value} selected=${value === state}>${text}</option>`)}</select></label>
      ${state === 'dead' && rows?.length > 1 && html`<span class="buttons"><${Act} text="Retry all" act=${() => retryAllRequests(poller?.dead ?? rows.length, asked.again)} />
        <${Act} text="Discard all" danger act=${() => discardAllRequests(poller?.dead ?? rows.length, asked.again)} /></span>`}
    </${Table}>`;
}
