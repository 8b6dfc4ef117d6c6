import { setTitle } from '/look/brand.js';

setTitle('Log in');
const problem = document.getElementById('problem');

async function login(token) {
  const answer = await fetch('/login', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  if (answer.ok) {
    location.replace('/');
    return;
  }
  const said = await answer.json();
  problem.textContent = said.title + ' ' + said.detail;
}

document.getElementById('login').addEventListener('submit', event => {
  event.preventDefault();
  login(document.getElementById('token').value);
});

// The link that the runtime prints carries the token behind the #, where no server and no log sees it.
const given = location.hash.slice(1);
if (given) {
  history.replaceState(null, '', location.pathname);
  login(decodeURIComponent(given));
}
