import { asUser, isLinked, onAction, remember } from "./api.js";

const form = document.getElementById("sign-in");
form.hidden = !isLinked();
remember({ access_token: "", refresh_token: "" });
onAction(form, "submit", async () => {
  remember(await asUser("POST", "/auth/sign-in", Object.fromEntries(new FormData(form))));
  location.assign("onboarding.html");
});
