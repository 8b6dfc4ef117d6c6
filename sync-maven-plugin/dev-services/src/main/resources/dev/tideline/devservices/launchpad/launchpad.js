'use strict';
// Keeps the page true while it is looked at: fetches it again and exchanges the parts with an id that have changed. The
// focus stays where it is, and only a changed summary is read out.
const EVERY_MILLIS = 2000;

function showCopyButtons(root) {
  for (const button of root.querySelectorAll('button.copy')) button.hidden = false;
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
    ? ['summary', 'ports', 'workspaces', ...ids(document).split(',')]
    : ['summary', 'services', 'ports', 'workspaces'];
  for (const id of parts) {
    const now = document.getElementById(id);
    const next = fresh.getElementById(id);
    if (!now || !next || text.get(id) === next.outerHTML) continue;
    text.set(id, next.outerHTML);
    if (id === 'summary') {
      now.textContent = next.textContent;
      continue;
    }
    const focused = now.contains(document.activeElement) ? document.activeElement.id : '';
    now.replaceWith(document.adoptNode(next));
    showCopyButtons(next);
    if (focused) document.getElementById(focused)?.focus();
  }
}

// As the server wrote it: the page's own copy has visible buttons and may say "Copied".
const text = new Map();
for (const part of document.querySelectorAll('#summary, section[id], #services > ul > li')) text.set(part.id, part.outerHTML);
showCopyButtons(document);
document.addEventListener('click', event => {
  const button = event.target.closest('button.copy');
  if (button) copy(button);
});

async function refresh() {
  try {
    const answer = await fetch('/', { cache: 'no-store' });
    if (!answer.ok) throw new Error(answer.statusText);
    exchange(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    document.body.classList.remove('lost');
  } catch {
    if (!document.body.classList.contains('lost')) {
      document.body.classList.add('lost');
      const summary = document.getElementById('summary');
      summary.textContent = 'The launchpad is not reached any more; what follows was true a moment ago.';
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
