import { asUser, element, onAction, remember, remembered, say, showError } from "./api.js";

const CHANNELS = "/users/me/contact-channels";
const LOOK_AGAIN_MILLIS = 3000;
const card = document.getElementById("card");

// A card for each reason why a user is not in yet.
const cards = {
  anonymous: () => [
    element("p", {}, "You are here without a name."),
    element("p", {}, element("a", { href: "sign-up.html" }, "Sign up")),
  ],
  waitlisted: (user) => [
    element(
      "p",
      {},
      user.waitlist_position === null
        ? "You are not on the waitlist any more, and were not let in."
        : `You are on the waitlist, at position ${user.waitlist_position}. We write to ${user.primary_email} when it is your turn.`,
    ),
  ],
  email_not_verified: (user) => (user.primary_email === null ? [addressForm("")] : [codeForm(user)]),
  restricted_by_administrator: (user) => [
    element("p", {}, "An administrator has restricted your account."),
    element("p", {}, user.restricted_by_admin_reason ?? "No reason was given."),
  ],
};

function field(label, attributes) {
  return element("label", {}, label, element("input", { required: "", ...attributes }));
}

function addressForm(address) {
  const form = element(
    "form",
    {},
    field("Your email address", { name: "primary_email", type: "email", autocomplete: "email", value: address }),
    element("p", { class: "actions" }, element("button", {}, "Go on")),
  );
  onAction(form, "submit", async () => {
    await asUser("PATCH", "/users/me", { primary_email: form.elements.primary_email.value });
    await showAndFocus();
  });
  return form;
}

function codeForm(user) {
  const form = element(
    "form",
    {},
    element("p", {}, `We need to know that ${user.primary_email} is yours.`),
    field("Code from the mail", { name: "code", inputmode: "numeric", autocomplete: "one-time-code", maxlength: "20" }),
    element("p", { class: "actions" }, element("button", {}, "Verify")),
  );
  onAction(form, "submit", async () => {
    await asUser("POST", `${await primaryChannel()}/verify`, { code: form.elements.code.value.trim() });
    await showAndFocus();
  });
  const resend = element("button", { type: "button", class: "quiet" }, "Send another code");
  onAction(resend, "click", () => sendCode(user.primary_email));
  const change = element("button", { type: "button", class: "quiet" }, "Use another address");
  onAction(change, "click", () => {
    card.replaceChildren(addressForm(user.primary_email));
    focusOnCard();
  });
  form.querySelector(".actions").append(resend, change);
  return form;
}

async function primaryChannel() {
  const channels = await asUser("GET", CHANNELS);
  return `${CHANNELS}/${channels.items.find((channel) => channel.is_primary).id}`;
}

async function sendCode(address) {
  await asUser("POST", `${await primaryChannel()}/send-verification-code`);
  remember({ code_sent_to: address });
  say(`A code is on its way to ${address}.`);
}

async function show() {
  const user = await asUser("GET", "/users/me");
  const reason = user.restricted_reason?.type;
  card.replaceChildren(
    ...(reason === undefined ? [element("p", {}, `You're in, ${user.display_name}.`)] : cards[reason](user)),
  );
  if (reason === "waitlisted") {
    setTimeout(() => lookAgain().catch(showError), LOOK_AGAIN_MILLIS);
  }
  if (reason === "email_not_verified" && user.primary_email !== null && remembered("code_sent_to") !== user.primary_email) {
    await sendCode(user.primary_email);
  }
}

/** Leaves the focus where it is, until there is something to fill in. */
async function lookAgain() {
  await show();
  card.querySelector("input")?.focus();
}

/** After something was done with the card, whose place the next one takes. */
async function showAndFocus() {
  await show();
  focusOnCard();
}

function focusOnCard() {
  (card.querySelector("input") ?? card).focus();
}

if (remembered("access_token")) {
  showAndFocus().catch(showError);
} else {
  location.replace("sign-in.html");
}
