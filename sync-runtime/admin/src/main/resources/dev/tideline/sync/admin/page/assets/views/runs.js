// Syncs that somebody asked for, of this runtime: how far they are, what came of them, and how to end them.
import { html } from '../vendor/htm-preact.js';
import { cancelRun } from '../actions.js';
import { useAnswer } from '../asked.js';
import { age, duration, exact, reason, sum } from '../format.js';
import { Act, State, TenantLink, Time } from '../parts.js';
import { Table } from '../table.js';

const lasted = run => duration(run.ended_at ? Date.parse(run.ended_at) - Date.parse(run.started_at) : age(run.started_at));

function Parts({ run }) {
  return html`<ul class="parts">${run.external_databases.map(part => html`<li>${part.name}: <${State} of=${part.state.toLowerCase()} />, ${exact(part.rows)} rows
    ${part.error && html`<span class="problem"> ${reason(part.error)}</span>`}</li>`)}${run.error && html`<li class="problem">${run.error}</li>`}</ul>`;
}

const columns = again => [
  { id: 'tenant', label: 'Tenant', cell: run => html`<${TenantLink} tenant=${run.tenant} />` },
  { id: 'kind', label: 'What', cell: run => (run.kind === 'resync' ? 'copy again' : 'sync') },
  { id: 'state', label: 'State', cell: run => html`<${State} of=${run.state.toLowerCase()} />` },
  { id: 'rows', label: 'Rows', number: true, cell: run => exact(sum(run.external_databases, 'rows')) },
  { id: 'started', label: 'Started', cell: run => html`<${Time} at=${run.started_at} />` },
  { id: 'lasted', label: 'Lasted', number: true, cell: lasted },
  { id: 'parts', label: 'Databases', wide: true, cell: run => html`<${Parts} run=${run} />` },
  {
    id: 'act',
    label: 'Action',
    cell: run => run.ended_at ? 'none' : html`<${Act} text="Cancel" danger on=${`${run.kind} of tenant ${run.tenant}`} act=${() => cancelRun(run, again)} />`,
  },
];

export function RunsTable({ only = () => true }) {
  const asked = useAnswer('/api/v1/jobs');
  const rows = asked.answer?.jobs.filter(only).sort((a, b) => Date.parse(b.started_at) - Date.parse(a.started_at)) ?? null;
  return html`<${Table} caption="Runs" columns=${columns(asked.again)} rows=${rows} id=${run => run.id} problem=${asked.problem}
    empty="Nobody has asked for a sync here since this runtime started." />`;
}

export const Runs = () => html`<p>Syncs that somebody asked for through this runtime, the last hundred. What the pipeline does by itself shows on the overview. Ask for one on a tenant’s page.</p><${RunsTable} />`;
