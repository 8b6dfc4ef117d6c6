// Keeps a list fresh while "Live" is ticked: asks for the counts, and only if one changed for the page.
'use strict';
(() => {
  const box = document.getElementById('live');
  box.parentElement.hidden = false;
  box.checked = sessionStorage.getItem('live') === 'true';
  let seen = '';

  async function refresh() {
    if (!box.checked || document.hidden) {
      return;
    }
    try {
      const status = await (await fetch('/api/v1/status')).json();
      const counts = [status.spans, status.logs, status.metrics].map((signal) => signal.received + '-' + signal.held).join();
      const open = document.querySelector('#results details[open]');
      if (counts !== seen && !open) {
        const text = await (await fetch(location.href)).text();
        const fresh = new DOMParser().parseFromString(text, 'text/html').getElementById('results');
        document.getElementById('results').replaceWith(fresh);
        seen = counts;
      }
      document.body.classList.remove('offline');
    } catch (gone) {
      document.body.classList.add('offline');
    }
  }

  box.addEventListener('change', () => {
    sessionStorage.setItem('live', box.checked);
    seen = '';
    refresh();
  });
  setInterval(refresh, 2000);
  refresh();
})();
