"use strict";
// The page reads what the websocket tells and asks the REST API for the rest. Whatever came with a mail is only ever set
// as text; HTML is shown in a frame that may run nothing and load nothing (its own headers say so too).

const $ = (id) => document.getElementById(id);
const messages = new Map();
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

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
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
    document.title = box ? box + " – Mail" : "Mail";
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
    messages.set(header.mailbox + "/" + header.id, header);
    drawSoon();
  };
  socket.onclose = () => {
    live(false);
    setTimeout(() => socket === mine && connect(list), retry);
    retry = Math.min(retry * 2, 5000);
  };
}

function live(on) {
  $("live").textContent = on ? "live" : "not connected";
  $("live").className = on ? "on" : "";
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
  const keepAll = boxOfList() === null;
  $("box-name").textContent = (keepAll ? "All mailboxes" : canonical(boxOfList())) + " · " + all.length;
  $("purge").hidden = keepAll || all.length === 0;
  $("list").replaceChildren(...found.map((m) => row(m, keepAll)));
  $("empty").hidden = found.length > 0;
  const none = socket.readyState === WebSocket.OPEN ? "No mail yet. It shows up here as it arrives." : "Not connected yet.";
  $("empty").textContent = all.length > 0 ? "No message matches the filter." : none;
}

function row(m, keepAll) {
  const anchor = element("a");
  anchor.href = link(m.mailbox, m.id) + (keepAll ? "?all" : "");
  if (chosen === m.mailbox + "/" + m.id) anchor.setAttribute("aria-current", "true");
  if (!m.seen) anchor.className = "unseen";
  const date = new Date(m.date);
  const today = date.toDateString() === new Date().toDateString();
  const time = element("time", today ? date.toLocaleTimeString() : date.toLocaleDateString(), "time");
  time.dateTime = m.date;
  anchor.append(element("span", m.subject || "(no subject)", "subject"), time);
  anchor.append(element("span", (m.from || "(no sender)") + " → " + (keepAll ? m.mailbox : m.to.join(", ")), "who"));
  const item = element("li");
  item.append(anchor);
  return item;
}

async function open(box, id) {
  const wanted = (chosen = box + "/" + id);
  const reply = await fetch(api(box, id)).catch((failure) => ({ ok: false, text: async () => String(failure) }));
  const found = reply.ok ? await reply.json() : null;
  const problem = reply.ok ? "" : await reply.text();
  if (chosen !== wanted) return;
  $("none").hidden = true;
  $("message").hidden = false;
  $("delete").hidden = found === null;
  if (found === null) {
    $("subject").textContent = "This message is gone";
    $("facts").replaceChildren();
    $("attachments").replaceChildren();
    $("tabs").replaceChildren();
    $("view").replaceChildren(element("p", problem));
    return;
  }
  shown = found;
  chosen = box + "/" + id;
  document.title = (found.subject || "(no subject)") + " – Mail";
  fill(found);
  markSeen(found);
  draw();
}

async function markSeen(message) {
  if (!message.seen) await fetch(api(message.mailbox, message.id), { method: "PATCH", body: '{"seen":true}' }).catch(() => {});
  const listed = messages.get(message.mailbox + "/" + message.id);
  if (listed) listed.seen = true;
  draw();
}

function fill(message) {
  $("subject").textContent = message.subject || "(no subject)";
  const facts = [
    ["From", message.from],
    ["To", message.to.join(", ")],
    ["Mailbox", message.mailbox],
    ["Date", new Date(message.date).toLocaleString() + " · " + message.size.toLocaleString() + " bytes"],
  ];
  $("facts").replaceChildren(...facts.flatMap(([name, value]) => [element("dt", name), element("dd", value)]));
  $("attachments").replaceChildren(...message.attachments.map(attachment));
  const views = { HTML: html, Text: text, Headers: headers, Source: source };
  if (!message.body.html) delete views.HTML;
  if (!message.body.text && message.body.html) delete views.Text;
  $("tabs").replaceChildren(...Object.keys(views).map((name) => tab(name, views[name], message)));
  $("tabs").firstChild.click();
}

function attachment(file) {
  const anchor = element("a", file.filename + " ");
  anchor.href = new URL(file["download-link"]).pathname;
  anchor.download = file.filename;
  anchor.append(element("span", file["content-type"]));
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
    const content = await view(message);
    if (shown === message && button.getAttribute("aria-selected") === "true") $("view").replaceChildren(content);
  };
  return button;
}

function html(message) {
  const frame = element("iframe");
  frame.setAttribute("sandbox", "allow-popups allow-popups-to-escape-sandbox");
  frame.title = "The message's HTML";
  frame.src = "/serve" + link(message.mailbox, message.id) + "/html";
  return frame;
}

const text = (message) => element("pre", message.body.text);

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
  const reply = await fetch(api(message.mailbox, message.id) + "/source").catch(() => null);
  return element("pre", reply && reply.ok ? await reply.text() : "The source is gone.");
}

document.addEventListener("click", (event) => {
  const anchor = event.target.closest("nav a, h1 a");
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
$("delete").onclick = async () => {
  const gone = shown;
  const reply = await fetch(api(gone.mailbox, gone.id), { method: "DELETE" }).catch(() => null);
  if (!reply || !(reply.ok || reply.status === 404)) return;
  messages.delete(gone.mailbox + "/" + gone.id);
  $("back").onclick();
};
$("purge").onclick = async () => {
  const name = canonical(boxOfList());
  const reply = await fetch(api(name), { method: "DELETE" }).catch(() => null);
  if (!reply || !reply.ok) return;
  messages.clear();
  go(link(name));
};
window.onpopstate = show;
show();
