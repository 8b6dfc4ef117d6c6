import { asAdmin, connect, element, onAction, say } from "./api.js";

const next = document.getElementById("next");
const chosen = document.getElementById("chosen");
const rows = chosen.querySelector("tbody");
const all = document.getElementById("all");
const more = document.getElementById("more");
let cursor = null;

function row(waiting) {
  const approve = element("button", { type: "button", class: "quiet" }, `Let ${waiting.display_name} in`);
  onAction(approve, "click", () => decide("approve", [waiting.id]));
  const tick = element("input", {
    type: "checkbox",
    name: "user",
    value: waiting.id,
    "aria-label": `${waiting.position}, ${waiting.display_name}`,
    "data-name": waiting.display_name,
  });
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
  all.checked = false;
  await page();
  next.hidden = false;
  chosen.hidden = rows.children.length === 0;
  if (chosen.hidden) {
    say("Nobody waits.");
  }
}

const ticks = () => [...rows.querySelectorAll("input")];

function named(ids) {
  const names = ticks().filter((tick) => ids.includes(tick.value)).map((tick) => tick.dataset.name);
  return names.length > 0 && names.length <= 3 ? names.join(", ") : String(ids.length);
}

async function decide(decision, users) {
  if (users.length === 0) {
    say("Tick somebody first.");
    return;
  }
  const who = named(users);
  if (decision === "reject" && !confirm(`Reject ${who}?`)) {
    return;
  }
  await asAdmin("POST", `/internal/waitlist/${decision}`, { user_ids: users });
  await reload(decision === "approve" ? `Let in: ${who}.` : `Rejected: ${who}.`);
}

/** Who decided with the keyboard goes on where the list begins. */
async function reload(done) {
  await load();
  say(done);
  (rows.querySelector("button") ?? next.elements.next).focus();
}

onAction(chosen, "submit", (submitted) => decide(submitted.submitter.value, new FormData(chosen).getAll("user")));
onAction(next, "submit", async () => {
  const answer = await asAdmin("POST", "/internal/waitlist/approve", { next: next.elements.next.valueAsNumber });
  await reload(`Let in: ${named(answer.approved_user_ids)}.`);
});
all.addEventListener("change", () => ticks().forEach((tick) => (tick.checked = all.checked)));
onAction(more, "click", page);
connect(load);
