import { asAdmin, connect, element, onAction, say } from "./api.js";

const table = document.querySelector("table");
const rows = table.querySelector("tbody");
const more = document.getElementById("more");
let cursor = null;

const EDITABLE = new Set(["paused", "preparing", "scheduled", "queued", "server-error"]);

function when(mail) {
  const [what, millis] = mail.sent_at_millis === null ? ["due", mail.scheduled_at_millis] : ["sent", mail.sent_at_millis];
  return `${what} ${new Date(millis).toLocaleString()}`;
}

function change(mail, label, patch) {
  const button = element("button", { class: "quiet", "aria-label": `${label} ${mail.subject}` }, label);
  onAction(button, "click", async () => {
    const changed = await asAdmin("PATCH", `/emails/outbox/${mail.id}`, patch);
    await load();
    (document.getElementById(mail.id)?.querySelector("button") ?? rows.querySelector("button"))?.focus();
    say(`“${changed.subject}” is ${changed.status}.`);
  });
  return button;
}

function row(mail) {
  const changes = EDITABLE.has(mail.status)
    ? [
        mail.status === "paused" ? change(mail, "Resume", { is_paused: false }) : change(mail, "Pause", { is_paused: true }),
        change(mail, "Cancel", { cancel: true }),
      ]
    : [];
  return element(
    "tr",
    { id: mail.id },
    element("td", { "data-label": "Subject" }, mail.subject),
    element("td", { "data-label": "To" }, mail.to_address ?? `user ${mail.user_id}`),
    element("td", { "data-label": "Status" }, [mail.status, mail.skipped_reason?.toLowerCase().replaceAll("_", " "), mail.error].filter(Boolean).join(": ")),
    element("td", { "data-label": "When" }, when(mail)),
    element("td", {}, ...changes),
  );
}

async function page() {
  const list = await asAdmin("GET", `/emails/outbox${cursor ? `?cursor=${cursor}` : ""}`);
  rows.append(...list.items.map(row));
  cursor = list.next_cursor;
  more.hidden = cursor === null;
}

async function load() {
  cursor = null;
  rows.replaceChildren();
  await page();
  table.hidden = rows.children.length === 0;
  if (table.hidden) {
    say("No mail yet.");
  }
}

onAction(more, "click", page);
connect(load);
