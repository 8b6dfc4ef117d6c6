package dev.tideline.directory;

import static dev.tideline.directory.fixture.TestTenant.body;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.directory.fixture.Answer;
import dev.tideline.directory.fixture.RunningDirectory;
import dev.tideline.directory.fixture.RunningDirectory.Running;
import dev.tideline.directory.fixture.TestCaller;
import dev.tideline.directory.fixture.TestTenant;
import dev.tideline.directory.fixture.TestTenant.SignedUp;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever the API's description has an id in its path for is asked for with another tenant's ids. */
@ExtendWith(RunningDirectory.class)
class TenantIsolationTest {

    @Test
    void noPathGivesOrChangesWhatBelongsToAnotherTenant(TestTenant owner, Running directory) throws Exception {
        TestTenant stranger = directory.tenant();
        Map<String, String> ids = everythingOf(owner);
        List<String> before = rows(directory, owner);
        TreeSet<String> asked = new TreeSet<>();
        for (String operation : directory.document().operations()) {
            String[] parts = operation.split(" ", 2);
            if (!parts[1].contains("_id}") || parts[1].startsWith("/tenants")) {
                continue;
            }
            String path = parts[1];
            for (Map.Entry<String, String> id : ids.entrySet()) {
                path = path.replace("{" + id.getKey() + "}", id.getValue());
            }
            assertThat(path).as("ids for " + operation).doesNotContain("{");
            Answer answer = stranger.admin().call(parts[0], path, TestCaller.json(bodyOf(operation)));
            assertThat(answer.status())
                    .as(operation + " with ids of another tenant")
                    .isEqualTo(404);
            asked.add(operation);
        }
        assertThat(asked).hasSizeGreaterThan(30);
        assertThat(rows(directory, owner)).isEqualTo(before);
        for (String list : List.of("/users?include_anonymous=true", "/teams", "/emails/outbox", "/internal/waitlist")) {
            assertThat(stranger.admin().get(list).expect(200).items("id"))
                    .as(list)
                    .isEmpty();
        }
    }

    @Test
    void idsOfAnotherTenantInABodyDoNotExist(TestTenant owner, Running directory) throws Exception {
        TestTenant stranger = directory.tenant();
        Map<String, String> ids = everythingOf(owner);
        List<String> before = rows(directory, owner);
        UUID own = stranger.user("Own");
        stranger.server()
                .patch("/users/" + own, body("selected_team_id", ids.get("team_id")))
                .expectWrong("selected_team_id");
        stranger.sendMail("user_ids", List.of(ids.get("user_id"))).expectError(400, "USER_ID_DOES_NOT_EXIST");
        for (String decision : List.of("approve", "reject")) {
            stranger.admin()
                    .post("/internal/waitlist/" + decision, body("user_ids", List.of(ids.get("user_id"))))
                    .expectError(400, "USER_ID_DOES_NOT_EXIST");
        }
        assertThat(rows(directory, owner)).isEqualTo(before);
    }

    @Test
    void anAddressOrAnAccountMayBeUsedInEveryTenant(TestTenant one, Running directory) {
        TestTenant other = directory.tenant();
        for (TestTenant tenant : List.of(one, other)) {
            SignedUp ada = tenant.signUp("ada@" + one.id() + ".example");
            tenant.server()
                    .put("/users/" + ada.id() + "/connected-accounts/github", body("provider_account_id", one.id()))
                    .expect(200);
        }
    }

    @Test
    void aKeyOpensItsOwnTenantOnly(TestTenant one, Running directory) {
        TestTenant other = directory.tenant();
        one.admin().with("X-Tenant-Id", other.id()).get("/users").expectError(401, "API_KEY_INVALID");
        one.admin().with("X-Tenant-Id", "nobody").get("/users").expectError(401, "API_KEY_INVALID");
        one.admin().delete("/tenants/" + other.id()).expectError(401, "OPERATOR_KEY_INVALID");
    }

    /** One of everything, and its ids by the names that paths have for them. */
    private static Map<String, String> everythingOf(TestTenant tenant) {
        tenant.set("sign_up_mode", "waitlist");
        SignedUp user = tenant.signUp(tenant.address("ada"));
        UUID team = tenant.server()
                .post("/teams", body("display_name", "Sails"))
                .expect(201)
                .id();
        String member = "/teams/" + team + "/members/" + user.id();
        tenant.server().put(member, null).expect(204);
        tenant.server().put(member + "/permissions/steer", null).expect(204);
        tenant.server().put("/users/" + user.id() + "/permissions/steer", null).expect(204);
        tenant.server()
                .put("/users/" + user.id() + "/connected-accounts/github", body("provider_account_id", "1"))
                .expect(200);
        tenant.sendMail("user_ids", List.of(user.id()), "scheduled_at_millis", 4_000_000_000_000L)
                .expect(200);
        Map<String, String> ids = new TreeMap<>();
        ids.put("user_id", user.id().toString());
        ids.put("team_id", team.toString());
        ids.put("email_id", tenant.server().get("/emails/outbox").items("id").get(0));
        ids.put(
                "invitation_id",
                tenant.server()
                        .post("/teams/" + team + "/invitations", body("email", tenant.address("eve")))
                        .expect(201)
                        .get("id"));
        ids.put(
                "contact_channel_id",
                user.caller().get("/users/me/contact-channels").items("id").get(0));
        ids.put(
                "session_id",
                user.caller().get("/users/me/sessions").items("id").get(0));
        ids.put("permission_id", "steer");
        ids.put("provider", "github");
        ids.put("notification_category_name", "Marketing");
        return ids;
    }

    private static Map<String, Object> bodyOf(String operation) {
        return switch (operation) {
            case "PATCH /users/{user_id}", "PATCH /teams/{team_id}" -> body("display_name", "Mine");
            case "POST /users/{user_id}/contact-channels" -> body("value", "eve@example.com");
            case "PATCH /users/{user_id}/contact-channels/{contact_channel_id}" -> body("is_verified", true);
            case "POST /users/{user_id}/contact-channels/{contact_channel_id}/verify" -> body("code", "123456");
            case "PUT /users/{user_id}/notification-preferences/{notification_category_name}" -> body("enabled", false);
            case "PUT /users/{user_id}/connected-accounts/{provider}" -> body("provider_account_id", "2");
            case "POST /teams/{team_id}/invitations" -> body("email", "eve@example.com");
            case "PATCH /emails/outbox/{email_id}" -> body("cancel", true);
            default -> null;
        };
    }

    /** All rows of the tenant but for mail, which changes by itself. */
    private static List<String> rows(Running directory, TestTenant tenant) throws Exception {
        return directory.column("""
                SELECT t::text FROM (
                    SELECT u::text FROM project_user u WHERE u.tenancy_id = '%1$s'
                    UNION ALL SELECT c::text FROM contact_channel c WHERE c.tenancy_id = '%1$s'
                    UNION ALL SELECT v::text FROM verification_code v WHERE v.tenancy_id = '%1$s'
                    UNION ALL SELECT e::text FROM team e WHERE e.tenancy_id = '%1$s'
                    UNION ALL SELECT m::text FROM team_member m WHERE m.tenancy_id = '%1$s'
                    UNION ALL SELECT p::text FROM team_permission p WHERE p.tenancy_id = '%1$s'
                    UNION ALL SELECT p::text FROM project_permission p WHERE p.tenancy_id = '%1$s'
                    UNION ALL SELECT i::text FROM invitation i WHERE i.tenancy_id = '%1$s'
                    UNION ALL SELECT n::text FROM notification_preference n WHERE n.tenancy_id = '%1$s'
                    UNION ALL SELECT r::text FROM refresh_token r WHERE r.tenancy_id = '%1$s'
                    UNION ALL SELECT a::text FROM connected_account a WHERE a.tenancy_id = '%1$s'
                ) t ORDER BY 1""".formatted(tenant.id()));
    }
}
