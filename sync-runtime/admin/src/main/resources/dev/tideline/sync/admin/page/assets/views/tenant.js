// One tenant, or one database of it: cursors, error, parked rows, runs, and what can be done.
import { html } from '../vendor/htm-preact.js';
import { forceSync, resync, switchTarget } from '../actions.js';
import { withQuery } from '../api.js';
import { useAnswer } from '../asked.js';
import { count, due, duration, exact, id, reason } from '../format.js';
import { Act, DatabaseLink, Facts, Since, State, TenantLink, Time, Waiting } from '../parts.js';
import { LocalTable } from '../table.js';
import { ParkedTable } from './parked.js';
import { RunsTable } from './runs.js';

const CURSORS = [
  { id: 'name', label: 'Mapping', cell: row => row.name, sort: row => row.name },
  { id: 'cursor', label: 'Cursor', number: true, cell: row => (row.last_synced_sequence_id == null ? 'first copy' : id(row.last_synced_sequence_id)), sort: row => row.last_synced_sequence_id },
  { id: 'backlog', label: 'Backlog', number: true, cell: row => (row.backlog_at_least ? 'over ' : '') + count(row.backlog), sort: row => row.backlog },
  { id: 'lag', label: 'Lag', number: true, cell: row => duration(row.lag_ms), sort: row => row.lag_ms },
  { id: 'copied', label: 'Copied rows', number: true, cell: row => (row.copied_rows ? count(row.copied_rows) : '–'), sort: row => row.copied_rows },
  { id: 'parked', label: 'Parked', number: true, cell: row => count(row.parked), sort: row => row.parked },
  { id: 'through', label: 'Complete through', cell: row => html`<${Time} at=${row.complete_through} />`, sort: row => row.complete_through },
  { id: 'updated', label: 'Last report', cell: row => html`<${Time} at=${row.updated_at} />`, sort: row => row.updated_at },
  { id: 'error', label: 'Error', wide: true, cell: row => reason(row.error) ?? 'none', sort: row => row.error },
];

function Database({ target, again, alone }) {
  const { tenant, name, status } = target;
  const paused = status === 'paused';
  const failing = status === 'error';
  return html`<section class="database" aria-label=${`Database ${tenant}/${name}`}>
    ${!alone && html`<h2><${DatabaseLink} tenant=${tenant} name=${name} /></h2>`}
    <p><${State} of=${status} /> ${target.since && html`<${Since} at=${target.since} />`}</p>
    ${target.error && html`<p class="problem">${reason(target.error)}</p>`}
    <${Facts} facts=${[
      ['Address', html`<code>${target.connection ?? 'no runtime has been there yet'}</code>`],
      ['Tries that failed', exact(target.failures)],
      ['Next try', failing && target.retry_at ? due(target.retry_at) : 'as needed'],
      ['Last report', html`<${Time} at=${target.checked_at} />`],
    ]} />
    <p class="buttons">${alone && html`<${Act} text="Sync now" on=${`tenant ${tenant}`} act=${() => forceSync(tenant, again)} /> `}
      <${Act} text=${paused ? 'Resume' : 'Pause'} on=${`${tenant}/${name}`} act=${() => switchTarget(tenant, name, !paused, again)} />
      <${Act} text="Copy again" on=${`${tenant}/${name}`} act=${() => resync(tenant, [name], target.mappings.map(m => m.name), again)} /></p>
    <${LocalTable} caption=${`Mappings in ${tenant}/${name}`} columns=${CURSORS} rows=${target.mappings} id=${row => row.name} empty="No mapping has been there yet." />
  </section>`;
}

function useDatabases(tenant) {
  return useAnswer(withQuery('/api/v1/external-databases', { tenant, size: 200 }));
}

export function Tenant({ route }) {
  const [tenant] = route.parts;
  const asked = useDatabases(tenant);
  const targets = asked.answer?.external_databases;
  if (!targets) return html`<${Waiting} what=${`Tenant ${tenant}`} asked=${asked} />`;
  const mappings = [...new Set(targets.flatMap(t => t.mappings.map(m => m.name)))];
  return html`
    ${asked.problem && html`<${Waiting} what=${`Tenant ${tenant}`} asked=${asked} />`}
    <p class="buttons"><${Act} text="Sync now" act=${() => forceSync(tenant, asked.again)} disabled=${targets.length === 0} />
      <${Act} text="Copy all again" act=${() => resync(tenant, targets.map(t => t.name), mappings, asked.again)} disabled=${targets.length === 0} /></p>
    ${targets.length === 0 && html`<p class="empty">No runtime has reported on a database of this tenant. Is it spelled as in the source?</p>`}
    ${targets.map(target => html`<${Database} key=${target.name} target=${target} again=${asked.again} />`)}
    <h2>Runs</h2><${RunsTable} only=${run => run.tenant === tenant} />
    <h2>Parked rows</h2><${ParkedTable} query=${{ tenant }} />`;
}

export function DatabasePage({ route }) {
  const [tenant, name] = route.parts;
  const asked = useDatabases(tenant);
  const target = asked.answer?.external_databases.find(t => t.name === name);
  if (!asked.answer) return html`<${Waiting} what=${`Database ${tenant}/${name}`} asked=${asked} />`;
  return html`
    <p>A database of tenant <${TenantLink} tenant=${tenant} />.</p>
    ${asked.problem && html`<${Waiting} what=${`Database ${tenant}/${name}`} asked=${asked} />`}
    ${target ? html`<${Database} target=${target} again=${asked.again} alone />` : html`<p class="empty">No runtime has reported on this database.</p>`}
    <h2>Runs</h2><${RunsTable} only=${run => run.tenant === tenant && run.external_databases.some(t => t.name === name)} />
    <h2>Parked rows</h2><${ParkedTable} query=${{ tenant, target: name }} />`;
}
