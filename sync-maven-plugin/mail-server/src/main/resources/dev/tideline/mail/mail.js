// The page reads what the websocket tells and asks the server for the rest. Whatever came with a mail is only ever set
// as text; HTML is shown in a frame that may run nothing and load nothing (its own headers say so too).
import { page, setTitle } from '/look/brand.js';
import { live } from '/look/face.js';
import { writeTimes } from '/look/times.js';

const LINK = /\b(?:https?:\/\/|mailto:)[^\s<>"'`]*[^\s<>"'`.,;:!?)\]}]/gi;
const TRACEPARENT = /^\s*[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-[\da-f]{2}\s*$/i;
const BYTES = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

const $ = (id) => document.getElementById(id);
const messages = new Map();
const glances = new Map();
let chosen = null;
let shown = null;
let socket = null;
let retry = 250;

/** "/" is every mailbox, "/mailbox/{name}" is one, "/mailbox/{name}/{id}" is a message in it; ?all keeps the whole list. */
function place() {
  const parts = location.pathname.split("/").filter(Boolean).map(decodeURIComponent);
  const all = parts[0] !== "mailbox" || new URLSearchParams(location.search).has("all");
  return { box: parts[1] || null, id: parts[2] || null, all };
}

const boxOfList = () => (place().all ? null : place().box);
const link = (box, id) => "/mailbox/" + encodeURIComponent(box) + (id ? "/" + encodeURIComponent(id) : "");
const api = (box, id) => "/api/v1" + link(box, id);
const served = (message, what) => "/serve" + link(message.mailbox, message.id) + "/" + what;
const keyOf = (message) => message.mailbox + "/" + message.id;

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function time(iso, ago) {
  const made = element("time", iso);
  made.dateTime = iso;
  if (ago) made.dataset.ago = "";
  return made;
}

function size(bytes) {
  if (bytes < 1000) return bytes + " bytes";
  return bytes < 1_000_000 ? BYTES.format(bytes / 1000) + " kB" : BYTES.format(bytes / 1_000_000) + " MB";
}

function go(path) {
  history.pushState(null, "", path);
  show();
}

function show() {
  const { box, id } = place();
  const list = boxOfList() === null ? "" : canonical(boxOfList());
  if (socket === null || socket.list !== list) connect(list);
  $("mailbox").value = box && !place().all ? box : "";
  document.querySelector("main").classList.toggle("reading", id !== null);
  if (id === null) {
    chosen = shown = null;
    $("message").hidden = true;
    $("none").hidden = false;
  } else if (chosen !== box + "/" + id) {
    open(box, id);
  }
  draw();
}

/** The server's rule, for comparing with what it pushes. */
function canonical(name) {
  const local = name.includes("@") ? name.slice(0, name.lastIndexOf("@")) : name;
  const plus = local.indexOf("+");
  return (plus > 0 ? local.slice(0, plus) : local).normalize("NFC").toLowerCase();
}

function connect(list) {
  if (socket) {
    socket.onclose = null;
    socket.close();
  }
  messages.clear();
  const path = "/api/v1/monitor/messages" + (list ? "/" + encodeURIComponent(list) : "");
  socket = new WebSocket(location.origin.replace(/^http/, "ws") + path);
  socket.list = list;
  const mine = socket;
  socket.onopen = () => {
    // After a break the server replays what it still has; what it no longer has must go.
    messages.clear();
    retry = 250;
    live(true);
    draw();
  };
  socket.onmessage = (event) => {
    const header = JSON.parse(event.data);
    messages.set(keyOf(header), header);
    drawSoon();
  };
  socket.onclose = () => {
    live(false);
    setTimeout(() => socket === mine && connect(list), retry);
    retry = Math.min(retry * 2, 5000);
  };
}

let drawing = false;
function drawSoon() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    draw();
  });
}

function draw() {
  const wanted = $("filter").value.trim().toLowerCase();
  const matches = (m) => [m.subject, m.from, m.mailbox, ...m.to].some((text) => text.toLowerCase().includes(wanted));
  const all = [...messages.values()].reverse();
  const found = all.filter(matches);
  const unread = all.filter((m) => !m.seen).length;
  const box = boxOfList();
  $("box-name").textContent = box === null ? "All mailboxes" : canonical(box);
  $("counts").textContent = unread ? unread + " unread of " + all.length : all.length + (all.length === 1 ? " message" : " messages");
  $("purge").hidden = all.length === 0;
  const focused = document.activeElement?.closest("#list a")?.getAttribute("href");
  rows.disconnect();
  $("list").replaceChildren(...found.map((m) => row(m, box === null)));
  if (focused) $("list").querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  writeTimes($("list"));
  $("empty").hidden = found.length > 0;
  const none = socket.readyState === WebSocket.OPEN ? "No mail yet. It shows up here as it arrives." : "Not connected yet.";
  $("empty").textContent = all.length > 0 ? "No message matches the filter." : none;
  const name = shown ? shown.subject || "(no subject)" : box === null ? "Mailbox" : canonical(box) + ", Mailbox";
  setTitle((unread ? "(" + unread + ") " : "") + name);
}

function row(m, keepAll) {
  const anchor = element("a");
  anchor.href = link(m.mailbox, m.id) + (keepAll ? "?all" : "");
  if (chosen === keyOf(m)) anchor.setAttribute("aria-current", "true");
  if (!m.seen) anchor.className = "unread";
  const subject = element("span", m.subject || "(no subject)", "subject");
  if (!m.seen) subject.append(element("span", ", unread", "unseen"));
  anchor.append(
    element("span", (m.from || "(no sender)") + " → " + (keepAll ? m.mailbox : m.to.join(", ")), "who"),
    time(m.date, true),
    subject,
    element("span", "", "preview"),
  );
  anchor.message = m;
  if (glances.has(keyOf(m))) fillRow(anchor, glances.get(keyOf(m)));
  else rows.observe(anchor);
  const item = element("li");
  item.append(anchor);
  return item;
}

/** A row is looked into once it is seen. */
const rows = new IntersectionObserver(async (entries) => {
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting) continue;
    rows.unobserve(target);
    const found = await glance(target.message).catch(() => null);
    if (found) fillRow(target, found);
  }
});

function fillRow(anchor, { preview, attachments }) {
  anchor.querySelector(".preview").textContent = preview;
  if (attachments.length === 0) return;
  anchor.append(element("span", attachments.length + (attachments.length === 1 ? " file" : " files"), "tag files"));
}

/** What the server knows beyond the list: decoded headers, preview, attachments with their size. */
async function glance(message) {
  const key = keyOf(message);
  if (!glances.has(key)) {
    const reply = await fetch(served(message, "glance"));
    if (!reply.ok) throw new Error(await reply.text());
    glances.set(key, await reply.json());
  }
  return glances.get(key);
}

async function open(box, id) {
  const wanted = (chosen = box + "/" + id);
  let found = null;
  let problem = "";
  try {
    const reply = await fetch(api(box, id));
    if (!reply.ok) throw new Error(await reply.text());
    const message = await reply.json();
    found = { ...message, ...(await glance(message)) };
  } catch (failure) {
    problem = failure.message;
  }
  if (chosen !== wanted) return;
  $("none").hidden = true;
  $("message").hidden = false;
  $("delete").hidden = $("eml").hidden = $("phone").hidden = found === null;
  if (found === null) {
    shown = null;
    $("subject").textContent = "This message is gone";
    $("facts").replaceChildren();
    $("attachments").replaceChildren();
    $("tabs").replaceChildren();
    $("view").replaceChildren(element("p", problem));
    return;
  }
  shown = found;
  chosen = keyOf(found);
  fill(found);
  markSeen(found);
  draw();
  $("subject").focus({ preventScroll: true });
}

async function markSeen(message) {
  if (!message.seen) await fetch(api(message.mailbox, message.id), { method: "PATCH", body: '{"seen":true}' }).catch(() => {});
  const listed = messages.get(keyOf(message));
  if (listed) listed.seen = true;
  draw();
}

function fill(message) {
  const field = (name) => (message.header[name] ?? []).join(", ");
  $("subject").textContent = message.subject || "(no subject)";
  $("eml").href = served(message, "source");
  $("eml").download = (message.subject.replace(/[^\p{L}\p{N} ._-]+/gu, "_").slice(0, 80).trim() || "message") + ".eml";
  const date = element("span");
  date.append(time(message.date), " · ", time(message.date, true), " · " + size(message.size));
  const facts = [
    ["From", message.from],
    ["Reply-To", field("Reply-To")],
    ["To", message.to.join(", ")],
    ["Cc", field("Cc")],
    ["Mailbox", message.mailbox],
    ["Date", date],
    ["Trace", traceLink(field("Traceparent"))],
  ].filter(([, value]) => value);
  $("facts").replaceChildren(...facts.flatMap(([name, value]) => {
    const fact = element("dd");
    fact.append(value);
    return [element("dt", name), fact];
  }));
  writeTimes($("facts"));
  $("attachments").replaceChildren(...message.attachments.map(attachment));
  const views = { HTML: html, Text: text, Headers: headers, Source: source };
  if (!message.body.html) delete views.HTML;
  if (!message.body.text && message.body.html) delete views.Text;
  $("tabs").replaceChildren(...Object.keys(views).map((name) => tab(name, views[name], message)));
  $("tabs").firstChild.click();
}

/** The request that sent the mail, where the sender passed its trace on as HTTP clients do. */
function traceLink(traceparent) {
  const [, trace, span] = TRACEPARENT.exec(traceparent) ?? [];
  if (!trace || !page("07")) return null;
  const anchor = element("a", trace);
  anchor.href = page("07") + "traces/" + trace + "?span=" + span + "#" + span;
  return anchor;
}

function attachment(file) {
  const anchor = element("a", file.filename + " ");
  anchor.href = file.link;
  anchor.download = file.filename;
  anchor.append(element("span", file.content_type + ", " + size(file.size)));
  const item = element("li");
  item.append(anchor);
  return item;
}

function tab(name, view, message) {
  const button = element("button", name);
  button.type = "button";
  button.setAttribute("role", "tab");
  button.onclick = async () => {
    for (const other of $("tabs").children) other.setAttribute("aria-selected", String(other === button));
    $("phone").hidden = view !== html;
    const content = await view(message);
    if (shown === message && button.getAttribute("aria-selected") === "true") $("view").replaceChildren(content);
  };
  return button;
}

function html(message) {
  const frame = element("iframe");
  frame.setAttribute("sandbox", "allow-popups allow-popups-to-escape-sandbox");
  frame.title = "The message's HTML";
  frame.src = served(message, "html");
  frame.className = $("phone").getAttribute("aria-pressed") === "true" ? "phone" : "";
  return frame;
}

function text(message) {
  const pre = element("pre");
  let from = 0;
  for (const match of message.body.text.matchAll(LINK)) {
    const anchor = element("a", match[0]);
    anchor.href = match[0];
    anchor.target = "_blank";
    anchor.rel = "noopener noreferrer";
    pre.append(message.body.text.slice(from, match.index), anchor);
    from = match.index + match[0].length;
  }
  pre.append(message.body.text.slice(from));
  return pre;
}

function headers(message) {
  const table = element("table");
  for (const [name, values] of Object.entries(message.header)) {
    for (const value of values) {
      const line = table.insertRow();
      const head = element("th", name);
      head.scope = "row";
      line.append(head, element("td", value));
    }
  }
  return table;
}

async function source(message) {
  const reply = await fetch(served(message, "source")).catch(() => null);
  return element("pre", reply && reply.ok ? await reply.text() : "The source is gone.");
}

document.addEventListener("click", (event) => {
  const anchor = event.target.closest("#list a");
  if (!anchor || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(anchor.getAttribute("href"));
});
$("open").onsubmit = (event) => {
  event.preventDefault();
  const name = $("mailbox").value.trim();
  go(name ? link(name) : "/");
};
$("filter").oninput = draw;
$("back").onclick = () => go(boxOfList() === null ? "/" : link(boxOfList()));
$("phone").onclick = () => {
  const on = $("phone").getAttribute("aria-pressed") !== "true";
  $("phone").setAttribute("aria-pressed", String(on));
  $("view").querySelector("iframe")?.classList.toggle("phone", on);
};
$("delete").onclick = async () => {
  const gone = shown;
  const reply = await fetch(api(gone.mailbox, gone.id), { method: "DELETE" }).catch(() => null);
  if (!reply || !(reply.ok || reply.status === 404)) return;
  messages.delete(keyOf(gone));
  $("back").onclick();
};
$("purge").onclick = async () => {
  const box = boxOfList();
  if (!confirm(box === null ? "Delete all messages of all mailboxes?" : "Delete all messages of " + canonical(box) + "?")) return;
  const reply = await fetch(box === null ? "/api/v1/mailbox" : api(canonical(box)), { method: "DELETE" }).catch(() => null);
  if (!reply || !reply.ok) return;
  messages.clear();
  go(box === null ? "/" : link(canonical(box)));
};
window.onpopstate = show;
show();
