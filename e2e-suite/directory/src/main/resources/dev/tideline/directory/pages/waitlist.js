import { asAdmin, connect, element, onAction, say } from "./api.js";

const next = document.getElementById("next");
const chosen = document.getElementById("chosen");
const rows = chosen.querySelector("tbody");
const more = document.getElementById("more");
let cursor = null;

function row(waiting) {
  const approve = element("button", { type: "button", class: "quiet" }, `Let ${waiting.display_name} in`);
  onAction(approve, "click", () => decide("approve", [waiting.id]));
  const tick = element("input", { type: "checkbox", name: "user", value: waiting.id });
  return element(
    "tr",
    {},
    element("td", { "data-label": "Position" }, element("label", { class: "tick" }, tick, String(waiting.position))),
    element("td", { "data-label": "Name" }, waiting.display_name),
    element("td", { "data-label": "Email" }, waiting.primary_email ?? ""),
    element("td", { "data-label": "Since" }, new Date(waiting.signed_up_at_millis).toLocaleString()),
    element("td", {}, approve),
  );
}

async function page() {
  const list = await asAdmin("GET", `/internal/waitlist${cursor ? `?cursor=${cursor}` : ""}`);
  rows.append(...list.items.map(row));
  cursor = list.next_cursor;
  more.hidden = cursor === null;
}

async function load() {
  cursor = null;
  rows.replaceChildren();
  await page();
  next.hidden = false;
  chosen.hidden = rows.children.length === 0;
  if (chosen.hidden) {
    say("Nobody waits.");
  }
}

async function decide(decision, users) {
  if (users.length === 0) {
    say("Tick somebody first.");
    return;
  }
  const answer = await asAdmin("POST", `/internal/waitlist/${decision}`, { user_ids: users });
  await load();
  say(decision === "approve" ? `${answer.approved_user_ids.length} let in.` : `${answer.rejected_user_ids.length} rejected.`);
}

onAction(chosen, "submit", (submitted) => decide(submitted.submitter.value, new FormData(chosen).getAll("user")));
onAction(next, "submit", async () => {
  const answer = await asAdmin("POST", "/internal/waitlist/approve", { next: next.elements.next.valueAsNumber });
  await load();
  say(`${answer.approved_user_ids.length} let in.`);
});
onAction(more, "click", page);
connect(load);
