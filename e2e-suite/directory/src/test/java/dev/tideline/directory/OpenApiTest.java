package dev.tideline.directory;

import static dev.tideline.directory.fixture.TestTenant.body;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tideline.directory.fixture.RunningDirectory;
import dev.tideline.directory.fixture.RunningDirectory.Running;
import dev.tideline.directory.fixture.TestCaller;
import dev.tideline.directory.fixture.TestTenant;
import dev.tideline.directory.fixture.TestTenant.SignedUp;
import dev.tideline.testkit.Mailbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** That each answer is as described is checked for every call of every test, by {@link TestCaller}. */
@ExtendWith(RunningDirectory.class)
class OpenApiTest {

    @Test
    void everyOperationThatIsDescribedAnswersAsDescribed(TestTenant tenant, Running directory) {
        Mailbox inbox = directory.mailbox();
        SignedUp ada = tenant.signUp(inbox.address());
        userAndChannels(tenant, ada, inbox);
        teams(tenant, ada, directory);
        administration(tenant, ada);
        mail(tenant, ada, inbox);
        ada.caller()
                .delete("/users/me/sessions/"
                        + ada.caller().get("/users/me/sessions").items("id").get(0));
        tenant.server().delete("/users/" + ada.id()).expect(204);
        TestCaller operator = tenant.client().with("X-Operator-Key", RunningDirectory.OPERATOR_KEY);
        operator.delete("/tenants/" + tenant.id()).expect(204);
        TreeSet<String> missing = new TreeSet<>(directory.document().operations());
        missing.removeAll(directory.document().answered());
        assertThat(missing).isEmpty();
    }

    private static void userAndChannels(TestTenant tenant, SignedUp ada, Mailbox inbox) {
        tenant.signUpAnonymously();
        tenant.client().get("/.well-known/jwks.json").expect(200);
        tenant.client()
                .post("/auth/sign-in", body("email", inbox.address(), "password", "correct horse"))
                .expect(200);
        tenant.client()
                .post("/auth/refresh", body("refresh_token", ada.refreshToken()))
                .expect(200);
        tenant.server().get("/users").expect(200);
        tenant.user("Eve");
        ada.caller().get("/users/me").expect(200);
        ada.caller().patch("/users/me", body("display_name", "Ada")).expect(200);
        String channels = "/users/me/contact-channels";
        String channel = channels + "/" + ada.caller().get(channels).items("id").get(0);
        ada.caller().post(channel + "/send-verification-code", null).expect(204);
        String code = inbox.waitForMessagesWithSubject("Verify your email address")
                .get(0)
                .code();
        ada.caller().post(channel + "/verify", body("code", code)).expect(200);
        String other = channels + "/"
                + ada.caller()
                        .post(channels, body("value", tenant.address("b")))
                        .expect(201)
                        .id();
        ada.caller().patch(other, body("is_primary", true)).expect(200);
        ada.caller().patch(channel, body("is_primary", true)).expect(200);
        ada.caller().delete(other).expect(204);
        String github = "/users/" + ada.id() + "/connected-accounts/github";
        tenant.server().put(github, body("provider_account_id", "1")).expect(200);
        ada.caller().get("/users/me/connected-accounts").expect(200);
        tenant.server().delete(github).expect(204);
    }

    private static void teams(TestTenant tenant, SignedUp ada, Running directory) {
        TestCaller server = tenant.server();
        Mailbox eve = directory.mailbox();
        String team = "/teams/"
                + server.post("/teams", body("display_name", "Sails"))
                        .expect(201)
                        .id();
        server.get("/teams").expect(200);
        server.get(team).expect(200);
        server.patch(team, body("display_name", "Ropes")).expect(200);
        server.post(team + "/invitations", body("email", eve.address())).expect(201);
        String code = eve.waitForMessagesWithSubject("You are invited to Ropes")
                .get(0)
                .text()
                .strip()
                .replaceFirst("(?s).*code:\\s*", "");
        ada.caller().post("/team-invitations/accept", body("code", code)).expect(200);
        String other = server.post(team + "/invitations", body("email", eve.address()))
                .expect(201)
                .get("id");
        server.get(team + "/invitations").expect(200);
        server.delete(team + "/invitations/" + other).expect(204);
        String member = team + "/members/" + ada.id();
        server.put(member, null).expect(204);
        server.put(member + "/permissions/steer", null).expect(204);
        server.get(team + "/members").expect(200);
        server.delete(member + "/permissions/steer").expect(204);
        server.delete(member).expect(204);
        server.delete(team).expect(204);
        String permissions = "/users/" + ada.id() + "/permissions";
        server.put(permissions + "/audit", null).expect(204);
        server.get(permissions).expect(200);
        server.delete(permissions + "/audit").expect(204);
    }

    private static void administration(TestTenant tenant, SignedUp ada) {
        TestCaller admin = tenant.admin();
        admin.get("/internal/settings").expect(200);
        tenant.set("sign_up_mode", "waitlist");
        SignedUp waits = tenant.signUp(tenant.address("waits"));
        admin.get("/internal/waitlist").expect(200);
        admin.post("/internal/waitlist/reject", body("user_ids", List.of(waits.id())))
                .expect(200);
        admin.post("/internal/waitlist/approve", body("user_ids", List.of(waits.id())))
                .expect(200);
        admin.post("/internal/onboarding/preview-affected-users", body()).expect(200);
        String database = "/internal/external-databases/main";
        admin.put(database, body("url", "postgres://nobody@127.0.0.1:1/none", "enabled", false))
                .expect(200);
        assertThat(admin.get("/internal/external-databases").expect(200).text()).doesNotContain("postgres://");
        admin.delete(database).expect(204);
        assertThat(ada.id()).isNotNull();
    }

    private static void mail(TestTenant tenant, SignedUp ada, Mailbox inbox) {
        tenant.sendMail("user_ids", List.of(ada.id()), "notification_category_name", "Marketing")
                .expect(200);
        String link = inbox.waitForMessagesWithSubject("Hello")
                .get(0)
                .link("/emails/unsubscribe")
                .toString();
        tenant.client().get(link).expect(200);
        tenant.client().call("POST", link, null).expect(200);
        ada.caller().get("/users/me/notification-preferences").expect(200);
        ada.caller()
                .put("/users/me/notification-preferences/Marketing", body("enabled", true))
                .expect(200);
        tenant.sendMail("user_ids", List.of(ada.id()), "scheduled_at_millis", 4_000_000_000_000L)
                .expect(200);
        String mail = "/emails/outbox/"
                + tenant.server().get("/emails/outbox").items("id").get(0);
        tenant.server().get(mail).expect(200);
        tenant.server().patch(mail, body("cancel", true)).expect(200);
    }

    @Test
    void whatIsNotThereIsSaidInTheSameForm(TestTenant tenant, Running directory) throws Exception {
        var response = java.net.http.HttpClient.newHttpClient()
                .send(
                        java.net.http.HttpRequest.newBuilder(java.net.URI.create(directory.url() + "/nothing"))
                                .build(),
                        java.net.http.HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body())
                .isEqualTo("{\"code\":\"NOT_FOUND\",\"message\":\"There is nothing at /nothing\",\"details\":{}}");
    }

    @Test
    void onlyWhatIsSaidToBeOptionalMayBeMissingFromAnAnswer(Running directory) {
        JsonNode user = directory.document().json().at("/components/schemas/UserJson");
        assertThat(user.get("required")).hasSize(user.get("properties").size() - 1);
        assertThat(user.get("additionalProperties").asBoolean()).isFalse();
    }

    @Test
    void theGuideNamesEveryPath(Running directory) throws Exception {
        String guide = Files.readString(Path.of("../../docs/directory.md"));
        assertThat(directory.document().operations())
                .allSatisfy(operation -> assertThat(guide).contains("`" + operation + "`"));
    }
}
