import { asUser, isLinked, onAction, remember } from "./api.js";

const form = document.getElementById("sign-up");
remember({ access_token: "", refresh_token: "" });
form.hidden = !isLinked();
onAction(form, "submit", async () => {
  const { email, password, display_name: name } = Object.fromEntries(new FormData(form));
  remember(await asUser("POST", "/auth/sign-up", name ? { email, password, display_name: name } : { email, password }));
  location.assign("onboarding.html");
});
