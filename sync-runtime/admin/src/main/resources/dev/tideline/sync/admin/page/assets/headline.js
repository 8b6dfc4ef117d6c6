// The sentence on top: what is wrong, the worst first, with links to where it is mended.
import { html } from './vendor/htm-preact.js';
import { age, inWords, many, reason, sum } from './format.js';
import { to } from './route.js';

const SLOW_MS = 60_000;
const MANY_ROWS = 10_000;
const NAMED = 3;

const label = target => `${target.tenant}/${target.name}`;

function switchedOff(status, name) {
  const fuse = status.fuses.find(f => f.name === name);
  return fuse ? ` by ${fuse.changed_by}, ${inWords(age(fuse.changed_at))} ago` : '';
}

function failing(status) {
  const targets = status.external_databases.filter(target => target.status === 'error');
  const number = status.totals.failing;
  const oldest = targets[0]?.since ? `, ${number > 1 ? 'the oldest ' : ''}for ${inWords(age(targets[0].since))}` : '';
  const links = targets.slice(0, NAMED).map(target => ({ text: label(target), href: to('database', target.tenant, target.name) }));
  if (number > links.length) links.push({ text: 'all of them', href: to('databases', { status: 'error', sort: 'status' }) });
  const because = reason(targets[0]?.error);
  return { bad: true, text: many(number, 'database fails', 'databases fail') + oldest, links, because };
}

function paused(status) {
  const fuses = status.fuses.filter(f => f.name.startsWith('target:') && !f.enabled);
  const links = fuses.slice(0, NAMED).map(fuse => {
    const label = fuse.name.slice('target:'.length);
    const slash = label.lastIndexOf('/');
    return { text: label, href: to('database', label.slice(0, slash), label.slice(slash + 1).replaceAll('%2F', '/').replaceAll('%25', '%')) };
  });
  const number = status.totals.paused;
  if (number > links.length) links.push({ text: 'all of them', href: to('databases', { status: 'paused' }) });
  const by = number === 1 ? switchedOff(status, fuses[0]?.name) : '';
  return { bad: false, text: many(number, 'database is paused', 'databases are paused') + by, links };
}

/** How long the rows that are behind take at the present speed. */
function forecast({ totals, sync_engine }) {
  const speed = sum(sync_engine.mappings, 'rate');
  return `${many(totals.backlog, 'row is', 'rows are')} behind, ${speed > 0 ? `for about ${inWords((totals.backlog / speed) * 1000)} at the speed of the last 10 seconds` : 'and none arrives'}`;
}

/** @returns what to look after: text and links, and whether it is bad or only worth knowing */
export function findings(status) {
  const { sequencer, poller, totals } = status;
  const found = [];
  const switches = [{ text: 'switches', href: to('switches') }];
  const processes = [{ text: 'processes', href: to('overview') }];
  const add = (when, finding) => when && found.push({ bad: true, links: [], ...finding });
  add(!sequencer.enabled, { text: `The sequencer is paused${switchedOff(status, 'sequencer')}: nothing that changes gets anywhere`, links: switches });
  add(sequencer.enabled && !sequencer.running, { text: 'No runtime sequences: nothing that changes gets anywhere. Start one with “run”', links: processes });
  add(!poller.enabled, { text: `The poller is paused${switchedOff(status, 'poller')}: no database gets anything`, links: switches });
  add(poller.enabled && poller.runtimes === 0, { text: 'No runtime is at work on this source. Start one with “run”', links: processes });
  add(totals.failing > 0, totals.failing > 0 && failing(status));
  for (const hook of status.webhooks.filter(w => w.trouble)) {
    add(true, { text: `The webhook of mapping ${hook.mapping} is ${inWords(hook.lag_ms)} behind`, links: [{ text: 'what waits', href: to('requests', { state: 'pending' }) }], because: hook.trouble });
  }
  add(poller.dead > 0, { text: `${many(poller.dead, 'request is dead', 'requests are dead')}`, links: [{ text: 'retry or discard', href: to('requests') }] });
  add(totals.parked_rows > 0, { text: `${many(totals.parked_rows, 'row is parked', 'rows are parked')}`, links: [{ text: 'retry or discard', href: to('parked') }] });
  add(totals.paused > 0, totals.paused > 0 && paused(status));
  add(totals.lag_ms > SLOW_MS, { bad: false, text: `The slowest database is ${inWords(totals.lag_ms)} behind; ${forecast(status)}`, links: [{ text: 'slowest first', href: to('databases', { sort: '-lag' }) }] });
  add(totals.lag_ms <= SLOW_MS && totals.backlog > MANY_ROWS, { bad: false, text: forecast(status), links: [{ text: 'most first', href: to('databases', { sort: '-backlog' }) }] });
  add(!status.ok && found.length === 0, { text: status.trouble.join('; ') });
  return found;
}

function freshness(live) {
  const old = live.oldFor();
  const figures = live.status && old ? ` These figures are ${inWords(old)} old.` : '';
  if (live.loggedOut) return html`Your session has ended. <a href="/login">Log in</a> to see more.`;
  if (old && live.runtimeIsSilent()) return `The runtime does not answer; trying again.${figures}`;
  if (live.problem) return `${live.problem.message} Trying again.${figures}`;
  if (old) return `The source does not answer the runtime.${figures}`;
  if (!live.connected && live.status) return 'There is no live connection; trying again every few seconds.';
  return null;
}

export function Headline({ live }) {
  const stale = freshness(live);
  const found = live.status ? findings(live.status) : [];
  const well = live.status && found.length === 0;
  const grade = stale || found.some(finding => finding.bad) ? 'bad' : found.length ? 'wait' : 'good';
  return html`<section class=${`headline ${live.status || stale ? grade : 'loading'}`} aria-label="What is wrong">
    ${stale && html`<p role="alert" class="stale">${stale}</p>`}
    ${!live.status && !stale && html`<p>Loading.</p>`}
    ${well && html`<p class=${stale ? 'past' : ''}>${stale ? 'All was well.' : 'All is well.'}</p>`}
    <ul>${found.map(finding => html`<li key=${finding.text.replace(/\d+/g, '')} class=${finding.bad ? '' : 'minor'}>
      ${finding.text}${finding.links.length ? ': ' : '.'}
      ${finding.links.map((link, i) => html`${i > 0 && ', '}<a href=${link.href}>${link.text}</a>`)}
      ${finding.because && html` <span class="because">${finding.because}</span>`}</li>`)}
    </ul>
    <p role="status" class="unseen">${found.length ? many(found.length, 'thing needs', 'things need') + ' attention' : well ? 'All is well' : ''}</p>
  </section>`;
}
