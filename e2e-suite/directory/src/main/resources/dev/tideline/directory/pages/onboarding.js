import { asUser, element, onAction, say, showError } from "./api.js";

const CHANNELS = "/users/me/contact-channels";
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
    await sendCode();
    await show();
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
    await show();
  });
  const resend = element("button", { type: "button", class: "quiet" }, "Send a code");
  onAction(resend, "click", sendCode);
  const change = element("button", { type: "button", class: "quiet" }, "Use another address");
  onAction(change, "click", () => card.replaceChildren(addressForm(user.primary_email)));
  form.querySelector(".actions").append(resend, change);
  return form;
}

async function primaryChannel() {
  const channels = await asUser("GET", CHANNELS);
  return `${CHANNELS}/${channels.items.find((channel) => channel.is_primary).id}`;
}

async function sendCode() {
  await asUser("POST", `${await primaryChannel()}/send-verification-code`);
  say("A code is on its way to you.");
}

async function show() {
  const user = await asUser("GET", "/users/me");
  card.replaceChildren(
    ...(user.restricted_reason === null
      ? [element("p", {}, `You're in, ${user.display_name}.`)]
      : cards[user.restricted_reason.type](user)),
  );
}

show().catch(showError);
