import { asUser, onAction, remember } from "./api.js";

const form = document.getElementById("sign-up");
onAction(form, "submit", async () => {
  const { email, password, display_name: name } = Object.fromEntries(new FormData(form));
  remember(await asUser("POST", "/auth/sign-up", name ? { email, password, display_name: name } : { email, password }));
  location.assign("onboarding.html");
});
