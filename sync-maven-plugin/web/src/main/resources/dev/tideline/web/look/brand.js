// What all pages of a workspace share: the colour of its port prefix, the icon of the tab, the title, and light or dark.
// The choice of light or dark is kept in a cookie, since cookies, unlike storage, are one for all ports of a host.

const DEFAULT_PREFIX = 81;
const GOLDEN_ANGLE = 137.508; // neighbouring prefixes get colours far apart
const HUE_OF_DEFAULT = 215;
const PAGES = [0, 1, 2, 5, 7]; // suffixes of the ports that pages are served on
const THEME = 'tideline-theme';
export const THEMES = ['auto', 'light', 'dark'];

/** The port prefix that this page is served under, or null where the port has none. */
export const prefix = prefixOf(Number(location.port));

/** Another page of this workspace by the suffix of its port, or null where there can be none: away from the developer's machine. */
export const page = suffix => (prefix && /^(localhost|.+\.localhost|127\.[\d.]+|\[::1\])$/.test(location.hostname)
  ? `http://${location.hostname}:${prefix}${suffix}/` : null);

export function prefixOf(port) {
  const found = Math.floor(port / 100);
  return found >= 11 && found <= 654 && PAGES.includes(port % 100) ? found : null;
}

export function hueOf(prefix) {
  const turned = Math.round(((prefix ?? DEFAULT_PREFIX) - DEFAULT_PREFIX) * GOLDEN_ANGLE + HUE_OF_DEFAULT);
  return ((turned % 360) + 360) % 360;
}

function icon(hue) {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">'
    + `<rect width="16" height="16" rx="4" fill="oklch(0.58 0.13 ${hue})"/>`
    + '<path d="M2 10c2-3 4-3 6 0s4 3 6 0" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round"/></svg>';
  return 'data:image/svg+xml,' + encodeURIComponent(svg);
}

export function setTitle(name) {
  document.title = [prefix, name, '· Tideline'].filter(Boolean).join(' ');
}

export function theme() {
  const chosen = document.cookie.split('; ').find(cookie => cookie.startsWith(THEME + '='))?.slice(THEME.length + 1);
  return THEMES.includes(chosen) ? chosen : 'auto';
}

export function setTheme(wanted) {
  show(wanted);
  document.cookie = `${THEME}=${wanted}; path=/; max-age=31536000; samesite=lax`;
}

function show(theme) {
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

document.documentElement.style.setProperty('--hue', hueOf(prefix));
document.querySelector('link[rel="icon"][href="data:,"]')?.setAttribute('href', icon(hueOf(prefix)));
show(theme());
