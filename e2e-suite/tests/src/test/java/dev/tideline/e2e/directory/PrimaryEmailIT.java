package dev.tideline.e2e.directory;

import static dev.tideline.directory.fixture.TestTenant.body;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tideline.directory.fixture.Answer;
import dev.tideline.directory.fixture.TestTenant;
import dev.tideline.directory.fixture.TestTenant.SignedUp;
import dev.tideline.directory.fixture.Together;
import dev.tideline.e2e.suite.EndToEnd;
import dev.tideline.e2e.suite.Suite;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

@EndToEnd
class PrimaryEmailIT {

    @Test
    void anAddressThatTheUserHasIsPromotedAndKeepsItsVerification(TestTenant tenant) {
        String first = tenant.address("first");
        String second = tenant.address("second");
        UUID id = tenant.user("Ada", first);
        tenant.server()
                .post("/users/" + id + "/contact-channels", body("value", second))
                .expect(201);
        Answer promoted = tenant.server()
                .patch("/users/" + id, body("primary_email", second))
                .expect(200);
        assertThat(promoted.get("primary_email")).isEqualTo(second);
        assertThat(promoted.get("primary_email_verified")).isEqualTo("false");
        Answer back = tenant.server()
                .patch("/users/" + id, body("primary_email", first))
                .expect(200);
        assertThat(back.get("primary_email_verified")).isEqualTo("true");
        assertThat(channels(tenant, id)).containsExactly(first + " primary verified", second);
    }

    @Test
    void aNewAddressDemotesTheOldOneAndIsUnverifiedUnlessTheServerSaysSo(TestTenant tenant) {
        UUID id = tenant.user("Ada", tenant.address("a"));
        tenant.server()
                .patch("/users/" + id, body("primary_email", tenant.address("b")))
                .expect(200);
        assertThat(channels(tenant, id))
                .containsExactly(tenant.address("b") + " primary", tenant.address("a") + " verified");
        tenant.server()
                .patch("/users/" + id, body("primary_email", tenant.address("c"), "primary_email_verified", true))
                .expect(200);
        assertThat(channels(tenant, id))
                .containsExactly(
                        tenant.address("c") + " primary verified",
                        tenant.address("a") + " verified",
                        tenant.address("b"));
    }

    @Test
    void nullDemotesAndDeletesNothing(TestTenant tenant) {
        UUID id = tenant.user("Ada", tenant.address("a"));
        assertThat(tenant.server()
                        .patch("/users/" + id, body("primary_email", null))
                        .expect(200)
                        .get("primary_email"))
                .isNull();
        assertThat(channels(tenant, id)).containsExactly(tenant.address("a") + " verified");
    }

    @Test
    void theSameValueChangesNothing(TestTenant tenant, Suite suite) throws Exception {
        UUID id = tenant.user("Ada", tenant.address("a"));
        String rows = "SELECT u.xmin || ' ' || c.xmin FROM project_user u JOIN contact_channel c ON c.user_id = u.id"
                + " WHERE u.id = '" + id + "'";
        List<String> before = suite.column(rows);
        tenant.server()
                .patch("/users/" + id, body("primary_email", tenant.address("A").toUpperCase()))
                .expect(200);
        assertThat(suite.column(rows)).isEqualTo(before).hasSize(1);
    }

    @Test
    void whatIsEmptyOrNoAddressIsRefused(TestTenant tenant) {
        UUID id = tenant.user("Ada", tenant.address("a"));
        tenant.server().patch("/users/" + id, body("primary_email", "")).expectWrong("primary_email");
        tenant.server().patch("/users/" + id, body("primary_email", "nobody")).expectWrong("primary_email");
        assertThat(channels(tenant, id)).hasSize(1);
    }

    @Test
    void anAddressThatSomebodyElseSignsInWithIsTaken(TestTenant tenant) {
        String taken = tenant.address("taken");
        tenant.signUp(taken);
        SignedUp ada = tenant.signUp(tenant.address("ada"));
        ada.caller()
                .patch("/users/me", body("primary_email", taken))
                .expectError(409, "CONTACT_CHANNEL_ALREADY_USED_FOR_AUTH_BY_SOMEONE_ELSE");
        tenant.client()
                .post("/auth/sign-up", body("email", taken, "password", "correct horse"))
                .expectError(409, "CONTACT_CHANNEL_ALREADY_USED_FOR_AUTH_BY_SOMEONE_ELSE");
        assertThat(ada.caller().get("/users/me").get("primary_email")).isEqualTo(tenant.address("ada"));
    }

    @Test
    void anAddressThatSomebodyElseOnlyReceivesMailAtIsFree(TestTenant tenant) {
        String shared = tenant.address("family");
        tenant.user("Parent", shared);
        UUID child = tenant.user("Child");
        tenant.server().patch("/users/" + child, body("primary_email", shared)).expect(200);
    }

    @Test
    void signInMovesWithThePrimaryAddress(TestTenant tenant) {
        SignedUp ada = tenant.signUp(tenant.address("old"));
        ada.caller()
                .patch("/users/me", body("primary_email", tenant.address("new")))
                .expect(200);
        tenant.client()
                .post("/auth/sign-in", body("email", tenant.address("new"), "password", "correct horse"))
                .expect(200);
        tenant.client()
                .post("/auth/sign-in", body("email", tenant.address("old"), "password", "correct horse"))
                .expectError(401, "EMAIL_PASSWORD_MISMATCH");
    }

    @Test
    void sixteenClientsWhoSwapAddressesNeitherDeadlockNorShareOne(TestTenant tenant, Suite suite) throws Exception {
        List<String> addresses =
                IntStream.range(0, 5).mapToObj(i -> tenant.address("swap" + i)).toList();
        List<SignedUp> users = IntStream.range(0, 4)
                .mapToObj(i -> tenant.signUp(addresses.get(i)))
                .toList();
        long seed = System.nanoTime();
        System.out.println("swapping addresses with seed " + seed);
        Together.times(16, client -> {
            Random random = new Random(seed + client);
            for (int i = 0; i < 12; i++) {
                SignedUp user = users.get(random.nextInt(users.size()));
                String address = random.nextInt(6) == 0 ? null : addresses.get(random.nextInt(addresses.size()));
                Answer answer = user.caller().patch("/users/me", body("primary_email", address));
                if (answer.status() != 200) {
                    answer.expectError(409, "CONTACT_CHANNEL_ALREADY_USED_FOR_AUTH_BY_SOMEONE_ELSE");
                }
            }
        });
        assertThat(suite.column(
                        "SELECT value FROM contact_channel WHERE used_for_auth AND tenancy_id = '" + tenant.id() + "'"))
                .hasSize(users.size())
                .doesNotHaveDuplicates();
        assertThat(suite.column(
                        "SELECT user_id FROM contact_channel WHERE is_primary AND tenancy_id = '" + tenant.id() + "'"))
                .doesNotHaveDuplicates();
    }

    private static List<String> channels(TestTenant tenant, UUID user) {
        JsonNode items = tenant.server()
                .get("/users/" + user + "/contact-channels")
                .expect(200)
                .json()
                .get("items");
        return StreamSupport.stream(items.spliterator(), false)
                .map(channel -> channel.get("value").asText()
                        + (channel.get("is_primary").asBoolean() ? " primary" : "")
                        + (channel.get("is_verified").asBoolean() ? " verified" : ""))
                .toList();
    }
}
