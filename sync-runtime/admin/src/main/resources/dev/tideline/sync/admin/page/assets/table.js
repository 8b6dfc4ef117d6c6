// A table with search, sort and paging, which says what it is when it is empty, loading or failing.
import { html, useState } from './vendor/htm-preact.js';
import { exact } from './format.js';
import { Entry } from './parts.js';

const SIZE = 50;

function Heading({ column, sort, onSort }) {
  const [by, down] = sort?.startsWith('-') ? [sort.slice(1), true] : [sort, false];
  const sorted = by === column.id;
  const order = sorted ? (down ? 'descending' : 'ascending') : undefined;
  if (!column.sort) return html`<th scope="col" role="columnheader" class=${column.number ? 'number' : ''}>${column.label}</th>`;
  const next = sorted ? (down ? column.id : '-' + column.id) : column.number ? '-' + column.id : column.id;
  return html`<th scope="col" role="columnheader" aria-sort=${order} class=${column.number ? 'number' : ''}>
    <button type="button" class="sort" onClick=${() => onSort(next)}>${column.label}<span aria-hidden="true">${sorted ? (down ? ' ▾' : ' ▴') : ''}</span></button></th>`;
}

function Row({ columns, row }) {
  return html`<tr role="row">${columns.map((column, i) => {
    const kind = (column.number ? 'number ' : '') + (column.wide ? 'wide' : '');
    const cell = html`<span class="name" aria-hidden="true">${column.label}</span><span class="value">${column.cell(row)}</span>`;
    return i === 0 ? html`<th scope="row" role="rowheader" class=${kind}>${cell}</th>` : html`<td role="cell" class=${kind}>${cell}</td>`;
  })}</tr>`;
}

function Paging({ caption, page, onPage }) {
  const { number, size, total, shown, more } = page;
  if (number === 1 && !more && (total ?? shown) <= size) return null;
  const first = (number - 1) * size + 1;
  const pages = total == null ? null : Math.max(1, Math.ceil(total / size));
  return html`<nav class="paging" aria-label=${`Pages of ${caption}`}>
    <button type="button" disabled=${number === 1} onClick=${() => onPage(number - 1)}>Previous</button>
    <span>${shown ? `${exact(first)} to ${exact(first + shown - 1)}` : 'none'}${total == null ? '' : ` of ${exact(total)}`}</span>
    <button type="button" disabled=${pages == null ? !more : number >= pages} onClick=${() => onPage(number + 1)}>Next</button>
    ${pages > 2 && html`<label>Page <${Entry} type="number" min="1" max=${pages} value=${number}
      onChange=${event => onPage(Math.min(pages, Math.max(1, Math.round(Number(event.target.value)) || 1)))} /> of ${exact(pages)}</label>`}
  </nav>`;
}

function Search({ caption, value, onSearch }) {
  return html`<label class="search">Search <span class="unseen">${caption}</span>
    <input type="search" value=${value ?? ''} onInput=${event => onSearch(event.target.value)} /></label>`;
}

/**
 * @param columns id, label, cell(row); sort: whether it sorts; number: whether right-aligned; wide: whether it takes the room
 * @param rows null while they load
 * @param problem why they cannot be had; rows that were had before stay
 * @param empty what it means that there is none
 * @param page number, size, shown, and total or more
 */
export function Table({ caption, columns, rows, id, problem, empty, page, onPage, sort, onSort, search, onSearch, children }) {
  return html`<div class="table">
    ${(onSearch || children) && html`<div class="tools">${onSearch && html`<${Search} caption=${caption} value=${search} onSearch=${onSearch} />`}${children}</div>`}
    ${problem && html`<p class="problem" role="alert">${caption} cannot be shown${rows ? ' as it is now' : ''}: ${problem.message} Trying again.</p>`}
    ${rows?.length === 0 && html`<p class="empty">${search ? `Nothing matches “${search}”.` : empty}</p>`}
    ${!rows && !problem && html`<p class="empty" aria-busy="true">Loading ${caption.toLowerCase()}.</p>`}
    ${rows?.length > 0 && html`<table role="table"><caption class="unseen">${caption}</caption>
      <thead role="rowgroup"><tr role="row">${columns.map(column => html`<${Heading} key=${column.id} column=${column} sort=${sort} onSort=${onSort} />`)}</tr></thead>
      <tbody role="rowgroup">${rows.map(row => html`<${Row} key=${id(row)} columns=${columns} row=${row} />`)}</tbody></table>`}
    ${page && rows && html`<${Paging} caption=${caption} page=${page} onPage=${onPage} />`}
  </div>`;
}

const compare = (a, b) => (a == null ? -1 : b == null ? 1 : typeof a === 'string' ? a.localeCompare(b, 'en', { numeric: true }) : a - b);

/** A table whose rows are all here. A column's sort gives the value that it sorts by. */
export function LocalTable({ columns, rows, sort: first, ...rest }) {
  const [sort, setSort] = useState(first ?? columns[0].id);
  const [search, setSearch] = useState('');
  const [number, setNumber] = useState(1);
  const column = columns.find(c => c.id === sort.replace(/^-/, ''));
  const words = search.trim().toLowerCase();
  const found = (rows ?? []).filter(row => !words || columns.some(c => c.sort && String(c.sort(row) ?? '').toLowerCase().includes(words)));
  found.sort((a, b) => compare(column.sort(a), column.sort(b)) * (sort.startsWith('-') ? -1 : 1));
  const last = Math.max(1, Math.ceil(found.length / SIZE));
  const page = Math.min(number, last);
  const shown = found.slice((page - 1) * SIZE, page * SIZE);
  return html`<${Table} ...${rest} columns=${columns} rows=${rows && shown} sort=${sort} onSort=${setSort}
    search=${search} onSearch=${rows?.length > 5 || search ? text => { setSearch(text); setNumber(1); } : null}
    page=${{ number: page, size: SIZE, total: found.length, shown: shown.length }} onPage=${setNumber} />`;
}
