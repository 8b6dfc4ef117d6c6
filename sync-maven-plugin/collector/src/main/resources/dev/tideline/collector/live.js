// Keeps a list fresh: asks for the counts, and only if one changed for the page. What is unfolded stays so.
import { live } from '/look/face.js';
import { writeTimes } from '/look/times.js';

const EVERY_MILLIS = 2000;
let seen = null;

async function refresh() {
  if (document.hidden) return;
  try {
    const status = await (await fetch('/api/v1/status')).json();
    const counts = [status.spans, status.logs, status.metrics].map(signal => signal.received + '-' + signal.held).join();
    live(true);
    const reading = !getSelection().isCollapsed;
    if (seen !== null && counts !== seen && !reading) {
      const text = await (await fetch(location.href)).text();
      exchange(new DOMParser().parseFromString(text, 'text/html').getElementById('results'));
    }
    if (!reading) seen = counts;
  } catch {
    live(false);
  }
}

function exchange(fresh) {
  const now = document.getElementById('results');
  const open = [...now.querySelectorAll('details[id][open]')].map(details => details.id);
  const focused = now.contains(document.activeElement) ? document.activeElement : null;
  const place = focused?.closest('[id]')?.id;
  const address = focused?.getAttribute('href');
  now.replaceWith(fresh);
  for (const id of open) document.getElementById(id)?.setAttribute('open', '');
  writeTimes(fresh);
  if (address) fresh.querySelector(`a[href="${CSS.escape(address)}"]`)?.focus({ preventScroll: true });
  else if (place) document.getElementById(place)?.querySelector('summary')?.focus({ preventScroll: true });
}

setInterval(refresh, EVERY_MILLIS);
refresh();
