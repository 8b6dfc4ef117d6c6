package dev.tideline.sync.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.collect.LedgerCollector;
import dev.tideline.sync.error.NotInstalledException;
import dev.tideline.sync.status.Status;
import dev.tideline.sync.status.StatusQuery;
import dev.tideline.sync.status.StatusReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Changes of a mapping's rows, told to somebody. */
class WebhookTest {

    private static SyncScenario withWebhook(Receiver receiver) {
        SyncScenario scenario = SyncScenario.users();
        webhook(scenario, receiver, "");
        return scenario;
    }

    private static void webhook(SyncScenario scenario, Receiver receiver, String more) {
        scenario.settings("webhooks: [ { mapping: users, url: \"" + receiver.url() + "\", secret: " + Receiver.SECRET
                + ", allow_private: true } ]\nrequests: { retry: 20ms }\n" + more);
    }

    private static List<String> told(Receiver receiver) {
        return receiver.all().stream()
                .map(r -> r.body().path("operation").asText() + " "
                        + r.body().path("tenant").asText() + " "
                        + r.body().path("key") + " "
                        + r.body().path("row").path("display_name").asText())
                .collect(Collectors.toList());
    }

    @Test
    void a_change_is_reported_with_the_row_as_the_mapping_gives_it_and_a_deletion_without() {
        try (Receiver receiver = new Receiver();
                SyncScenario scenario = withWebhook(receiver)) {
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'before')");
            scenario.install();
            scenario.run();
            scenario.source().execute("INSERT INTO project_user VALUES (1, 7, 'Ada'), (2, 8, 'Bob')");
            receiver.await(2);
            scenario.source().execute("UPDATE project_user SET is_anonymous = true WHERE id = 7");
            receiver.await(3);
            scenario.source().execute("DELETE FROM project_user WHERE id = 8");
            receiver.await(4);
            assertThat(told(receiver))
                    .containsExactlyInAnyOrder(
                            "upsert 1 {\"id\":7} Ada",
                            "upsert 2 {\"id\":8} Bob",
                            "delete 1 {\"id\":7} ",
                            "delete 2 {\"id\":8} ");
            var first = receiver.all().get(0).body();
            assertThat(first.path("mapping").asText()).isEqualTo("users");
            assertThat(first.path("sequence_id").asLong()).isPositive();
            assertThat(first.path("row").size()).isEqualTo(4);
            assertThat(receiver.all().get(3).body().path("row").isNull()).isTrue();
        }
    }

    @Test
    void of_one_key_only_the_newest_state_counts_while_the_receiver_is_away() {
        AtomicInteger status = new AtomicInteger(503);
        try (Receiver receiver = new Receiver().answering(r -> Receiver.status(status.get()));
                SyncScenario scenario = withWebhook(receiver)) {
            scenario.install();
            scenario.run();
            for (int i = 1; i <= 10; i++) {
                scenario.source()
                        .execute("INSERT INTO project_user VALUES (1, 1, 'v" + i
                                + "') ON CONFLICT (id) DO UPDATE SET display_name = EXCLUDED.display_name");
            }
            receiver.await(1);
            status.set(200);
            receiver.awaitBody(
                    "upsert of v10",
                    body -> body.at("/row/display_name").asText().equals("v10"));
            Rows.of(scenario.source(), "SELECT count(*) FROM tideline.http_request")
                    .become("0");
            List<String> told = told(receiver);
            assertThat(told.get(told.size() - 1)).isEqualTo("upsert 1 {\"id\":1} v10");
            assertThat(receiver.all().stream()
                            .map(r -> r.body().path("sequence_id").asLong())
                            .toList())
                    .as("a key's states never arrive out of their order")
                    .isSorted();
        }
    }

    @Test
    void a_webhook_that_is_not_installed_is_named() {
        try (Receiver receiver = new Receiver();
                SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            webhook(scenario, receiver, "");
            assertThatThrownBy(scenario::run)
                    .isInstanceOf(NotInstalledException.class)
                    .hasMessage("webhooks[0] of mapping users is not installed. Run \"install\" with this configuration"
                            + " first");
            scenario.install();
            scenario.run();
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada')");
            assertThat(receiver.await(1)).hasSize(1);
        }
    }

    @Test
    void one_row_that_cannot_be_read_becomes_a_dead_letter_and_the_others_continue() {
        try (Receiver receiver = new Receiver();
                SyncScenario scenario =
                        SyncScenario.of("CREATE TABLE thing (tenant int NOT NULL, id int PRIMARY KEY, v int)", """
                            mappings:
                              users:
                                table: thing
                                tenant: tenant
                                key: [id]
                                target: users
                                select: SELECT id, 10 / v AS share, 'row ' || id AS display_name FROM thing
                            """)) {
            webhook(scenario, receiver, "");
            scenario.install();
            scenario.source()
                    .execute("INSERT INTO thing SELECT 1, i, CASE i WHEN 17 THEN 0 ELSE 1 END FROM generate_series(1,"
                            + " 40) i");
            scenario.run();
            receiver.await(39);
            assertThat(told(receiver)).hasSize(39).doesNotContain("upsert 1 {\"id\":17} row 17");
            assertThat(Rows.of(
                                    scenario.source(),
                                    "SELECT body->'key', body->>'operation', last_error FROM tideline.outgoing_request"
                                            + " WHERE dead")
                            .now())
                    .containsExactly("{\"id\": 17}|unreadable|the row could not be read; see the log of the runtime");
        }
    }

    @Test
    void while_no_row_can_be_read_the_changes_wait_and_other_webhooks_continue() throws SQLException {
        try (Receiver broken = new Receiver();
                Receiver fine = new Receiver();
                SyncScenario scenario =
                        SyncScenario.of("CREATE TABLE thing (tenant int NOT NULL, id int PRIMARY KEY, v text)", """
                            mappings:
                              broken:
                                table: thing
                                tenant: tenant
                                key: [id]
                                target: broken
                                select: SELECT id, v AS display_name FROM thing
                              fine:
                                table: thing
                                tenant: tenant
                                key: [id]
                                target: fine
                                select: SELECT id FROM thing
                            """)) {
            scenario.settings("webhooks: [ { mapping: broken, url: \"" + broken.url() + "\", secret: " + Receiver.SECRET
                    + ", allow_private: true }, { mapping: fine, url: \"" + fine.url() + "\", secret: "
                    + Receiver.SECRET + ", allow_private: true } ]\nrequests: { retry: 20ms }\n");
            scenario.install();
            scenario.run();
            scenario.source().execute("ALTER TABLE thing RENAME COLUMN v TO w; INSERT INTO thing VALUES (1, 1, 'one')");
            // The renamed column draws a reset, too, before or after it.
            fine.awaitBody(
                    "row 1 without v", body -> body.path("key").toString().equals("{\"id\":1}"));
            Rows.of(scenario.source(), "SELECT count(*) FROM tideline.outgoing_request WHERE dead")
                    .become("0");
            // As if it had been captured a while ago.
            scenario.source()
                    .execute("UPDATE tideline.ledger_1 SET changed_at = clock_timestamp() - interval '5 minutes'");
            Status status = status(scenario);
            assertThat(status.ok()).isFalse();
            assertThat(status.webhooks())
                    .extracting(Status.Webhook::mapping, Status.Webhook::waiting, Status.Webhook::trouble)
                    .containsExactly(
                            tuple(
                                    "broken",
                                    0L,
                                    "no request has been made of its changes yet; if their rows cannot be read, the log"
                                            + " of the runtime says why"),
                            tuple("fine", 0L, null));
            assertThat(status.webhooks().get(0).lagMs()).isBetween(300_000L, 400_000L);
            assertThat(status.trouble())
                    .anyMatch(line -> line.matches("the webhook of mapping broken is 3\\d\\d s behind: no request.*"));
            scenario.source().execute("ALTER TABLE thing RENAME COLUMN w TO v");
            broken.awaitBody("row 1", body -> body.path("key").toString().equals("{\"id\":1}"));
            assertThat(told(broken)).contains("upsert 1 {\"id\":1} one");
        }
    }

    @Test
    void a_row_too_large_to_send_is_reported_without_it() {
        try (Receiver receiver = new Receiver();
                SyncScenario scenario = withWebhook(receiver)) {
            scenario.install();
            scenario.run();
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, repeat('x', 300000))");
            var body = receiver.await(1).get(0).body();
            assertThat(body.path("row").isNull()).isTrue();
            assertThat(body.path("row_omitted").asBoolean()).isTrue();
        }
    }

    @Test
    void truncate_tells_the_receiver_to_compare() {
        try (Receiver receiver = new Receiver();
                SyncScenario scenario = withWebhook(receiver)) {
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada')");
            scenario.install();
            scenario.run();
            scenario.source().execute("TRUNCATE project_user");
            assertThat(receiver.await(1).get(0).body().path("operation").asText())
                    .isEqualTo("reset");
        }
    }

    @Test
    void question_marks_in_a_mapping_are_operators() {
        try (Receiver receiver = new Receiver();
                SyncScenario scenario = withWebhook(receiver)) {
            scenario.mappings(
                    scenario.mappings() + "    select: |\n"
                            + "      SELECT r.id, jsonb_build_object('a?', 1) ? 'a?' AS there, r.display_name FROM project_user r\n");
            scenario.install();
            scenario.run();
            scenario.source().execute("INSERT INTO project_user VALUES (1, 7, 'Ada')");
            assertThat(receiver.await(1).get(0).body().path("row").toString())
                    .isEqualTo("{\"id\":7,\"there\":true,\"display_name\":\"Ada\"}");
        }
    }

    @Test
    void the_ledger_keeps_what_a_webhook_was_not_told_of() throws Exception {
        try (Receiver receiver = new Receiver();
                SyncScenario scenario = withWebhook(receiver)) {
            scenario.install();
            scenario.run().close();
            scenario.source()
                    .execute("INSERT INTO tideline.ledger_1 VALUES ('1', 5, 9000000000000000000, now() - interval '30"
                            + " days')");
            try (var source = scenario.openSource()) {
                LedgerCollector collector = new LedgerCollector(source);
                while (collector.runOnce() == LedgerCollector.Step.MORE) {}
                assertThat(collector.removed()).isZero();
                scenario.source().execute("UPDATE tideline.webhook SET sequence_id = 9000000000000000000");
                while (collector.runOnce() == LedgerCollector.Step.MORE) {}
                assertThat(collector.removed()).isEqualTo(1);
            }
        }
    }

    @Test
    void the_error_of_a_receiver_that_is_away_stands_in_the_status_and_in_an_alert() throws Exception {
        try (Receiver receiver = new Receiver().answering(r -> Receiver.status(503));
                Receiver onCall = new Receiver();
                SyncScenario scenario = SyncScenario.users()) {
            webhook(
                    scenario,
                    receiver,
                    "alerts: [ { url: \"" + onCall.url() + "\", secret: " + Receiver.SECRET
                            + ", allow_private: true, lag: 1m } ]\n");
            scenario.install();
            scenario.run();
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada')");
            receiver.await(1);
            scenario.source()
                    .execute("UPDATE tideline.http_request SET enqueued_at = clock_timestamp() - interval '5 minutes'"
                            + " WHERE sender LIKE 'webhook:%'");
            onCall.awaitBody(
                    "alert of the webhook",
                    body -> body.at("/alert").asText().equals("lag")
                            && body.at("/subjects/0/target").asText().startsWith("webhook:")
                            && body.at("/subjects/0/detail").asText().startsWith("mapping users: answered 503"));
            Awaitility.await("the error stands there, between two tries")
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(status(scenario).webhooks())
                            .singleElement()
                            .satisfies(webhook -> {
                                assertThat(webhook.waiting()).isOne();
                                assertThat(webhook.trouble()).startsWith("answered 503");
                            }));
        }
    }

    private static Status status(SyncScenario scenario) throws SQLException {
        try (Connection source = scenario.source().connect()) {
            return new StatusReader(source).read(new StatusQuery(null, 1, 10));
        }
    }
}
