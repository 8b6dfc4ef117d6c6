// The pipeline as it is: five stages, and what each works on.
import { html, useMemo } from '../vendor/htm-preact.js';
import { switchStage } from '../actions.js';
import { Chart } from '../chart.js';
import { count, duration, exact, id, rate } from '../format.js';
import { Badge, Facts, Since, Time } from '../parts.js';
import { to } from '../route.js';
import { stages } from '../stages.js';
import { LocalTable } from '../table.js';

function Stage({ stage, enabled }) {
  const [grade, words] = stage.state;
  return html`<li class=${`stage ${grade}`} id=${`stage-${stage.id}`}>
    <div class="title"><h3>${stage.title}</h3><${Badge} grade=${grade} text=${words} /></div>
    <p class="soft says">${stage.says}</p>
    ${stage.measures.map(m => html`<${Chart} key=${m.name} measure=${m.name} of=${stage.title} now=${m.now} series=${m.series} write=${m.write} />`)}
    ${(stage.fixed ?? []).map(([name, value]) => html`<p class="fixed"><span class="soft">${name}</span> ${value}</p>`)}
    ${stage.fuse && html`<p class="fuse"><button type="button" onClick=${() => switchStage(stage.fuse, !enabled)}>${enabled ? 'Pause' : 'Resume'} the ${stage.fuse}</button></p>`}
  </li>`;
}

function Totals({ totals }) {
  const tile = (name, value, href, grade = '') => html`<li class=${value && grade ? grade : ''}><a href=${href}><b>${typeof value === 'number' ? count(value) : value}</b> ${name}</a></li>`;
  return html`<ul class="tiles" aria-label="External databases">
    ${tile('databases', totals.targets, to('databases'))}
    ${tile('well', totals.ok, to('databases', { status: 'ok' }))}
    ${tile('failing', totals.failing, to('databases', { status: 'error', sort: 'status' }), 'bad')}
    ${tile('paused', totals.paused, to('databases', { status: 'paused' }), 'wait')}
    ${tile('copying', totals.copying, to('databases', { status: 'copying' }), 'wait')}
    ${tile('parked rows', totals.parked_rows, to('parked'), 'bad')}
    ${tile('rows behind', totals.backlog, to('databases', { sort: '-backlog' }))}
    ${tile('lag', duration(totals.lag_ms), to('databases', { sort: '-lag' }))}
  </ul>`;
}

const text = (field, label) => ({ id: field, label, cell: row => row[field], sort: row => row[field] });
const figure = (field, label, write = exact) => ({ id: field, label, number: true, cell: row => write(row[field]), sort: row => row[field] });

const MAPPINGS = [
  text('name', 'Mapping'),
  text('table', 'Table'),
  figure('rate', 'Rows', rate),
  figure('backlog', 'Backlog', count),
  figure('pending', 'Not sequenced', count),
  figure('lag_ms', 'Lag', duration),
  figure('min_sequence_id', 'First id', id),
  figure('max_sequence_id', 'Last id', id),
];

const TABLES = [
  text('table', 'Table'),
  { ...text('kind', 'Role'), cell: row => ({ root: 'mapped', dependency: 'joined', directory: 'lists databases' })[row.kind] ?? row.kind },
  { ...figure('total', 'Rows, about'), cell: row => (row.total < 0 ? 'not analyzed' : count(row.total)) },
  figure('pending', 'Pending', count),
  figure('changes', 'Changes, ever', count),
  figure('entries', 'Ledger entries', count),
  figure('min_sequence_id', 'First id', id),
  figure('max_sequence_id', 'Last id', id),
];

const WEBHOOKS = [
  text('mapping', 'Mapping'),
  figure('waiting', 'Waiting', count),
  figure('dead', 'Dead', count),
  figure('lag_ms', 'Lag', duration),
  { ...text('trouble', 'Trouble'), cell: row => row.trouble ?? 'none' },
];

const PROCESSES = [
  { ...text('host', 'Host'), cell: row => html`${row.host} <span class="soft">pid ${row.pid}</span>` },
  { id: 'leading', label: 'Sequencing', cell: row => (row.leading ? html`<${Badge} grade="good" text="leads" />` : 'stands by'), sort: row => (row.leading ? 1 : 0) },
  text('role', 'Role'),
  text('version', 'Version'),
  { id: 'since', label: 'Running', cell: row => html`<${Since} at=${row.since} />`, sort: row => row.since },
];

function Poller({ poller }) {
  return html`<${Facts} facts=${[
    ['Waiting', count(poller.pending)],
    ['In flight', count(poller.in_flight)],
    ['Lease ended', count(poller.stale)],
    ['Dead', html`<a href=${to('requests')}>${count(poller.dead)}</a>`],
    ['Oldest', html`<${Time} at=${poller.oldest_created_at} />`],
    ['Newest', html`<${Time} at=${poller.newest_created_at} />`],
    ['Last 10 s', rate(poller.rate)],
    ['Last minute', rate(poller.rate_last_minute)],
    ['Last 5 minutes', rate(poller.rate_last_five_minutes)],
  ]} />`;
}

export function Overview({ live }) {
  const { status, points } = live;
  const shown = useMemo(() => status && stages(status, points), [status, points]);
  if (!status) return html`<p class="empty" aria-busy="true">Loading the status.</p>`;
  const { sequencer, poller, processes } = status;
  const enabled = { sequencer: sequencer.enabled, poller: poller.enabled };
  return html`
    <h2>Pipeline</h2>
    <ol class="pipeline">${shown.map(stage => html`<${Stage} key=${stage.id} stage=${stage} enabled=${enabled[stage.fuse]} />`)}</ol>
    <${Totals} totals=${status.totals} />
    <h2>Mappings</h2>
    <${LocalTable} caption="Mappings" columns=${MAPPINGS} rows=${status.sync_engine.mappings} id=${row => row.name} sort="-backlog" empty="The configuration has no mapping." />
    <h2>Sequencer</h2>
    <${Facts} facts=${[
      ['Last pass that found something', html`<${Time} at=${sequencer.last_pass_at} />`],
      ['Last id', id(sequencer.last_sequence_id)],
      ['Joined changes to spread', count(sequencer.fan_outs)],
      ['Last 10 s', rate(sequencer.rate)],
      ['Last minute', rate(sequencer.rate_last_minute)],
      ['Last 5 minutes', rate(sequencer.rate_last_five_minutes)],
    ]} />
    <${LocalTable} caption="Captured tables" columns=${TABLES} rows=${sequencer.tables} id=${row => row.table} empty="No table is captured. Run “install”." />
    <h2>Deleted rows</h2>
    <${LocalTable} caption="Deleted rows" columns=${[text('table', 'Table'), figure('total', 'Deleted since the installation')]}
      rows=${sequencer.deleted_rows.tables} id=${row => row.table} sort="-total" empty="No row was deleted yet." />
    <h2>Poller</h2>
    <${Poller} poller=${poller} />
    ${status.webhooks.length > 0 && html`<h2 id="webhooks">Webhooks</h2>
    <${LocalTable} caption="Webhooks" columns=${WEBHOOKS} rows=${status.webhooks} id=${row => row.id} sort="-lag_ms" empty="The configuration has no webhook." />`}
    <h2 id="processes">Processes</h2>
    <${LocalTable} caption="Processes" columns=${PROCESSES} rows=${processes} id=${row => row.number} sort="-leading" empty="No runtime is at work on this source. Start one with “run”." />
    <p class="soft">Installation <code>${status.install.id}</code>, schema version ${status.install.version}.</p>`;
}
