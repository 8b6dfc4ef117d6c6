// Calls the API for a page. Tenant, key and tokens are kept for this tab only.

const kept = sessionStorage;

for (const name of ["tenant", "key"]) {
  const given = new URLSearchParams(location.search).get(name);
  if (given) {
    kept.setItem(name, given);
  }
}

// A link may log an administrator in. What stands behind the # is sent to nobody, and does not stay in the address.
const secret = new URLSearchParams(location.hash.slice(1)).get("admin_key");
if (secret) {
  kept.setItem("admin_key", secret);
  history.replaceState(null, "", location.pathname + location.search);
}

export function remember(values) {
  for (const [name, value] of Object.entries(values)) {
    kept.setItem(name, value);
  }
}

export function remembered(name) {
  return kept.getItem(name) ?? "";
}

/** Says to a person what is wrong and what to do. */
class Trouble extends Error {}

// What the API says to programs, in words for people.
const MESSAGES = {
  API_KEY_INVALID: "This tenant does not exist, or the key is not one of its keys.",
  CONTACT_CHANNEL_ALREADY_USED_FOR_AUTH_BY_SOMEONE_ELSE: "Somebody signs in with this address already. Sign in if that is you, or give another one.",
};

// Fields that an error is about although its details name none: the first one that the page has.
const FIELDS = {
  CONTACT_CHANNEL_ALREADY_USED_FOR_AUTH_BY_SOMEONE_ELSE: ["email", "primary_email"],
  EMAIL_PASSWORD_MISMATCH: ["password"],
  VERIFICATION_CODE_INVALID: ["code"],
};

class ApiError extends Trouble {
  constructor(body) {
    super(MESSAGES[body.code] ?? body.message);
    this.code = body.code;
    this.fields = body.details?.field ? [body.details.field] : (FIELDS[body.code] ?? []);
  }
}

async function send(method, path, body, headers) {
  const response = await fetch(path, {
    method,
    headers: {
      "X-Tenant-Id": remembered("tenant"),
      "X-Allow-Restricted-User": "true",
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  }).catch(() => {
    throw new Trouble("Directory does not answer. Check your connection, and try again.");
  });
  const text = await response.text();
  const json = text ? JSON.parse(text) : null;
  if (!response.ok) {
    throw new ApiError(json);
  }
  return json;
}

/** Whether the page was opened by a link that says whose it is. If not, it says so. */
export function isLinked() {
  const linked = remembered("tenant") !== "" && remembered("key") !== "";
  if (!linked) {
    showError(new Trouble("This link is incomplete: it does not say where you want to sign up. Ask for a new one."));
  }
  return linked;
}

/** With the tenant's client key, as whoever is signed in. */
export async function asUser(method, path, body) {
  const key = { "X-Api-Key": remembered("key") };
  const withToken = () => {
    const token = remembered("access_token");
    return send(method, path, body, token ? { ...key, Authorization: `Bearer ${token}` } : key);
  };
  try {
    return await withToken();
  } catch (error) {
    if (error.code !== "ACCESS_TOKEN_INVALID" || !remembered("refresh_token")) {
      throw error;
    }
    remember(await send("POST", "/auth/refresh", { refresh_token: remembered("refresh_token") }, key));
    return withToken();
  }
}

/** With the key of an administrator, which is asked for once. */
export function asAdmin(method, path, body) {
  return send(method, path, body, { "X-Api-Key": remembered("admin_key") });
}

/** Runs what a form or button does, once at a time, and says what went wrong beside the field that is wrong. */
export function onAction(element, event, action) {
  element.addEventListener(event, async (happened) => {
    happened.preventDefault();
    if (element.getAttribute("aria-busy") === "true") {
      return;
    }
    element.setAttribute("aria-busy", "true");
    clearErrors();
    try {
      await action(happened);
    } catch (error) {
      showError(error);
    } finally {
      element.removeAttribute("aria-busy");
    }
  });
}

export function say(text) {
  document.getElementById("status").textContent = text;
}

function clearErrors() {
  say("");
  document.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
  document.getElementById("error").textContent = "";
}

export function showError(error) {
  const field = (error.fields ?? []).map((name) => document.querySelector(`[name="${name}"]`)).find(Boolean);
  document.getElementById("error").textContent =
    error instanceof Trouble ? error.message : `That did not work: ${error.message}. Try again.`;
  if (field) {
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", "error");
    field.focus();
  }
}

/** Makes an element with text, attributes and children; text is never read as HTML. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    made.setAttribute(attribute, value);
  }
  made.append(...children);
  return made;
}

/** The form that asks an administrator for tenant and key; loads once both are there. */
export function connect(load) {
  const form = document.getElementById("connect");
  form.elements.tenant.value = remembered("tenant");
  form.elements.admin_key.value = remembered("admin_key");
  onAction(form, "submit", () => {
    remember({ tenant: form.elements.tenant.value.trim(), admin_key: form.elements.admin_key.value.trim() });
    return load();
  });
  if (remembered("tenant") && remembered("admin_key")) {
    load().catch(showError);
  }
}
