// Loaded by every page that a server writes: the switch between light and dark, and times that keep counting.
import { setTheme, theme, THEMES } from './brand.js';
import { writeTimes } from './times.js';

const button = document.getElementById('theme');
button.hidden = false;
button.lastChild.data = theme();
button.addEventListener('click', () => {
  setTheme(THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length]);
  button.lastChild.data = theme();
});

writeTimes();
setInterval(() => document.hidden || writeTimes(), 1000);

/** Says in the header whether what is seen is what there is. */
export function live(on) {
  const sign = document.getElementById('live');
  const text = on ? 'live' : 'not connected';
  sign.className = on ? 'live on' : 'live';
  if (sign.textContent !== text) sign.textContent = text;
}
