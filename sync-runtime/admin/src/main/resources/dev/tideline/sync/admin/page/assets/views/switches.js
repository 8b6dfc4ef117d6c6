// The fusebox: what is on and off, who switched it, when, and from where.
import { html } from '../vendor/htm-preact.js';
import { switchStage, switchTarget } from '../actions.js';
import { useAnswer } from '../asked.js';
import { Act, Badge, DatabaseLink, Time, Waiting } from '../parts.js';
import { LocalTable } from '../table.js';

const who = change => (change ? html`<span class="soft">${change.changed_by}, from ${change.changed_from}, <${Time} at=${change.changed_at} /></span>` : html`<span class="soft">never switched</span>`);

function Stage({ name, enabled, change, again }) {
  return html`<li><h2>${name === 'sequencer' ? 'Sequencer' : 'Poller'}</h2>
    <${Badge} grade=${enabled ? 'good' : 'bad'} text=${enabled ? 'on' : 'paused'} />
    <button type="button" role="switch" aria-checked=${String(enabled)} aria-label=${name} onClick=${() => switchStage(name, !enabled, again)}>${enabled ? 'Pause' : 'Resume'}</button>
    <p>${who(change)}</p></li>`;
}

function Named({ name }) {
  if (!name.startsWith('target:')) return name;
  const label = name.slice('target:'.length);
  const slash = label.lastIndexOf('/');
  return html`<${DatabaseLink} tenant=${label.slice(0, slash)} name=${label.slice(slash + 1)} />`;
}

const BY = [
  { id: 'by', label: 'By', cell: row => row.changed_by, sort: row => row.changed_by },
  { id: 'from', label: 'From', cell: row => row.changed_from, sort: row => row.changed_from },
  { id: 'at', label: 'When', cell: row => html`<${Time} at=${row.changed_at} />`, sort: row => row.changed_at },
];

const changes = [
  { id: 'name', label: 'Switch', cell: row => html`<${Named} name=${row.name} />`, sort: row => row.name },
  { id: 'enabled', label: 'To', cell: row => html`<${Badge} grade=${row.enabled ? 'good' : 'bad'} text=${row.enabled ? 'on' : 'paused'} />`, sort: row => (row.enabled ? 1 : 0) },
  ...BY,
];

export function Switches() {
  const asked = useAnswer('/api/v1/fusebox');
  const state = asked.answer;
  if (!state) return html`<${Waiting} what="The fusebox" asked=${asked} />`;
  const paused = [
    { id: 'name', label: 'Database', cell: row => html`<${DatabaseLink} tenant=${row.tenant} name=${row.name} />`, sort: row => `${row.tenant}/${row.name}` },
    ...BY,
    { id: 'act', label: 'Action', cell: row => html`<${Act} text="Resume" on=${`${row.tenant}/${row.name}`} act=${() => switchTarget(row.tenant, row.name, false, asked.again)} />` },
  ];
  return html`<p>Switches are kept in the source: every runtime heeds them within a second, and they outlive restarts.</p>
    ${asked.problem && html`<${Waiting} what="The fusebox" asked=${asked} />`}
    <ul class="switches"><${Stage} name="sequencer" enabled=${state.sequencer_enabled} change=${state.sequencer} again=${asked.again} />
      <${Stage} name="poller" enabled=${state.poller_enabled} change=${state.poller} again=${asked.again} /></ul>
    <h2>Paused databases</h2>
    <${LocalTable} caption="Paused databases" columns=${paused} rows=${state.paused_targets} id=${row => `${row.tenant}/${row.name}`} empty="No database is paused." />
    <h2>Last changes</h2>
    <${LocalTable} caption="Last changes" columns=${changes} rows=${state.changes} id=${row => row.name + row.changed_at} sort="-at" empty="Nobody has used a switch yet." />`;
}
