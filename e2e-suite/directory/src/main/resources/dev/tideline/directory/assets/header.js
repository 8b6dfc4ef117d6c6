// The header that the pages of a workspace have in common: its port prefix, the way to the others, light or dark.
import { page, prefix, setTheme, theme, THEMES } from '/look/brand.js';

const PAGES = { Launchpad: '00', Mailbox: '05', Traces: '07', Dashboard: '01' };

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function link(name, address, isHere) {
  const made = element('a', { href: address, textContent: name });
  if (isHere) made.setAttribute('aria-current', 'page');
  return element('li', {}, made);
}

function themeSwitch() {
  const button = element('button', { type: 'button' }, element('span', { textContent: 'Theme: ' }), theme());
  button.addEventListener('click', () => {
    setTheme(THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length]);
    button.lastChild.data = theme();
  });
  return button;
}

const services = element('nav', {}, element('ul', {},
  ...Object.entries(PAGES).filter(([, suffix]) => page(suffix)).map(([name, suffix]) => link(name, page(suffix))),
  link('Directory', '/', true)));
services.setAttribute('aria-label', 'Services');
const header = element('header', { className: 'top' });
if (prefix) {
  header.append(element('p', { className: 'prefix' }, element('span', { className: 'unseen', textContent: 'Port prefix ' }), prefix));
  document.title = `${prefix} ${document.title}`;
}
header.append(element('p', { className: 'product', textContent: 'Tideline' }), services, themeSwitch());
document.body.prepend(header);
