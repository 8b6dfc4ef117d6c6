const state = document.getElementById('state');
const shown = document.getElementById('status');
const events = new EventSource('/api/v1/events');
events.addEventListener('status', event => {
  const status = JSON.parse(event.data);
  state.textContent = status.ok ? 'All is well.' : status.trouble.join('; ');
  shown.textContent = JSON.stringify(status, null, 2);
});
events.addEventListener('error', () => { state.textContent = 'The connection was lost; trying again.'; });
