// Keeps the page true while it is looked at: fetches it again and exchanges the parts with an id that have changed. The
// focus stays where it is, what is unfolded stays so, and only a changed summary is read out.
import { live } from '/look/face.js';
import { writeTimes } from '/look/times.js';

const EVERY_MILLIS = 2000;
const token = () => document.getElementById('content').dataset.token;

function wake(root) {
  for (const button of root.querySelectorAll('button[hidden]')) button.hidden = false;
  writeTimes(root);
}

async function copy(button) {
  const code = button.previousElementSibling;
  const label = button.firstChild;
  try {
    await navigator.clipboard.writeText(code.textContent);
    label.data = 'Copied';
  } catch {
    // Not allowed here: leave the text selected, ready for the keyboard.
    const range = document.createRange();
    range.selectNodeContents(code);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    label.data = 'Selected';
  }
  setTimeout(() => { label.data = 'Copy'; }, 1500);
}

// The finest part that differs: cards one by one as long as they are the same ones, else their whole list.
function exchange(fresh) {
  const ids = root => [...root.querySelectorAll('#services > ul > li')].map(card => card.id).join();
  const parts = ids(fresh) === ids(document) && ids(document) !== ''
    ? ['summary', 'pages', 'ports', 'workspaces', ...ids(document).split(',')]
    : ['summary', 'pages', 'services', 'ports', 'workspaces'];
  document.getElementById('content').dataset.token = fresh.getElementById('content').dataset.token;
  for (const id of parts) {
    const now = document.getElementById(id);
    const next = fresh.getElementById(id);
    if (!now || !next || text.get(id) === next.outerHTML) continue;
    text.set(id, next.outerHTML);
    if (id === 'summary') now.textContent = next.textContent;
    else replace(now, document.adoptNode(next));
  }
}

function replace(now, next) {
  const focused = now.contains(document.activeElement) ? document.activeElement : null;
  for (const open of now.querySelectorAll('details[open]')) {
    const same = next.querySelector('#' + open.id);
    if (!same) continue;
    same.open = true;
    same.querySelector('pre')?.replaceWith(open.querySelector('pre'));
  }
  now.replaceWith(next);
  wake(next);
  if (!focused) return;
  // The button that was pressed has made way for its opposite.
  const same = document.getElementById(focused.id) ?? next.querySelector('button[data-do]');
  same?.focus();
}

// As the server wrote it: the page's own copy has visible buttons and may say "Copied".
const text = new Map();
for (const part of document.querySelectorAll('#summary, section[id], #services > ul > li')) text.set(part.id, part.outerHTML);
wake(document);
live(true);

document.addEventListener('click', event => {
  const button = event.target.closest('button');
  if (button?.matches('.copy')) copy(button);
  else if (button?.dataset.do && button.ariaDisabled !== 'true') tell(button);
});
document.addEventListener('toggle', event => {
  if (event.target.matches('details.log[open]')) follow(event.target);
}, true);

async function tell(button) {
  button.ariaDisabled = 'true';
  const { service, do: what } = button.dataset;
  const answer = await fetch(`/api/v1/services/${service}/${what}`, { method: 'POST', headers: { 'X-Launchpad-Token': token() } })
    .catch(() => null);
  if (answer?.status === 403) location.reload();
  await refresh();
}

async function follow(details) {
  const pre = details.querySelector('pre');
  const answer = await fetch(`/api/v1/services/${details.dataset.service}/log`, { headers: { 'X-Launchpad-Token': token() } })
    .catch(() => null);
  if (!answer?.ok) return;
  const lines = await answer.text() || 'Nothing has been logged yet.';
  if (pre.textContent === lines) return;
  const atEnd = pre.scrollTop + pre.clientHeight >= pre.scrollHeight - 30;
  pre.textContent = lines;
  if (atEnd) pre.scrollTop = pre.scrollHeight;
}

async function refresh() {
  try {
    const answer = await fetch('/', { cache: 'no-store' });
    if (!answer.ok) throw new Error(answer.statusText);
    exchange(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    document.body.classList.remove('lost');
    live(true);
    document.querySelectorAll('details.log[open]').forEach(follow);
  } catch {
    live(false);
    if (!document.body.classList.contains('lost')) {
      document.body.classList.add('lost');
      document.getElementById('summary').textContent =
        'The launchpad is not reached any more; what follows was true a moment ago.';
      text.delete('summary');
    }
  }
}

(function again() {
  setTimeout(async () => {
    if (!document.hidden) await refresh();
    again();
  }, EVERY_MILLIS);
})();
document.addEventListener('visibilitychange', () => { if (!document.hidden) refresh(); });
