package dev.tideline.e2e.directory;

import static dev.tideline.directory.fixture.TestTenant.body;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.tideline.directory.client.DirectoryClient;
import dev.tideline.directory.fixture.Answer;
import dev.tideline.directory.fixture.TestTenant;
import dev.tideline.directory.fixture.TestTenant.SignedUp;
import dev.tideline.directory.fixture.Together;
import dev.tideline.e2e.suite.EndToEnd;
import dev.tideline.e2e.suite.Suite;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

@EndToEnd
class TokensIT {

    @Test
    void anAccessTokenSaysAllAboutItsUserAndIsSignedWithThePublishedKey(TestTenant tenant) throws Exception {
        SignedUp ada = tenant.signUp(tenant.address("ada"));
        SignedJWT token = SignedJWT.parse(ada.accessToken());
        JWKSet keys = JWKSet.parse(
                tenant.client().get("/.well-known/jwks.json").expect(200).text());
        assertThat(keys.containsNonPublicKeys()).isFalse();
        assertThat(token.verify(new ECDSAVerifier(
                        keys.getKeyByKeyId(token.getHeader().getKeyID()).toECKey())))
                .isTrue();
        JWTClaimsSet claims = token.getJWTClaimsSet();
        assertThat(claims.getAudience()).containsExactly(tenant.id());
        assertThat(claims.getExpirationTime().getTime() - claims.getIssueTime().getTime())
                .isEqualTo(600_000);
        assertThat(claims.getClaims().keySet())
                .containsExactlyInAnyOrder(
                        "iss",
                        "aud",
                        "iat",
                        "exp",
                        "sub",
                        "email",
                        "email_verified",
                        "name",
                        "is_anonymous",
                        "is_restricted",
                        "restricted_reason",
                        "selected_team_id",
                        "signed_up_at",
                        "refresh_token_id");
        assertThat(claims.getSubject()).isEqualTo(ada.id().toString());
        assertThat(claims.getStringClaim("email")).isEqualTo(tenant.address("ada"));
        assertThat(claims.getClaim("email_verified")).isEqualTo(false);
        assertThat(claims.getStringClaim("name")).isEqualTo("ada");
        assertThat(claims.getClaim("restricted_reason")).isNull();
        assertThat(tenant.server().get("/users/" + ada.id() + "/sessions").items("id"))
                .containsExactly(claims.getStringClaim("refresh_token_id"));
    }

    @Test
    void theAudienceOfARestrictedUserIsAnotherOne(TestTenant tenant) throws Exception {
        tenant.requireEmailVerification(true);
        JWTClaimsSet restricted = claims(tenant.signUp(tenant.address("ada")).accessToken());
        assertThat(restricted.getAudience()).containsExactly(tenant.id() + ":restricted");
        assertThat(restricted.getClaim("is_restricted")).isEqualTo(true);
        assertThat(restricted.getJSONObjectClaim("restricted_reason")).isEqualTo(Map.of("type", "email_not_verified"));
        JWTClaimsSet anonymous = claims(tenant.signUpAnonymously().accessToken());
        assertThat(anonymous.getAudience()).containsExactly(tenant.id() + ":anon");
        assertThat(anonymous.getClaim("is_anonymous")).isEqualTo(true);
    }

    @Test
    void aTokenThatWasChangedOrBelongsToAnotherTenantIsRefused(TestTenant tenant, Suite suite) {
        SignedUp ada = tenant.signUp(tenant.address("ada"));
        TestTenant other = suite.tenant();
        other.client()
                .with("Authorization", "Bearer " + ada.accessToken())
                .get("/users/me")
                .expectError(401, "ACCESS_TOKEN_INVALID");
        tenant.client()
                .with("Authorization", "Bearer " + withAnotherSignature(ada.accessToken()))
                .get("/users/me")
                .expectError(401, "ACCESS_TOKEN_INVALID");
        tenant.client()
                .with("Authorization", "Bearer nonsense")
                .get("/users/me")
                .expectError(401, "ACCESS_TOKEN_INVALID");
        other.client()
                .post("/auth/refresh", body("refresh_token", ada.refreshToken()))
                .expectError(401, "REFRESH_TOKEN_INVALID");
    }

    @Test
    void aSessionThatEndedGivesNoTokens(TestTenant tenant) {
        SignedUp ada = tenant.signUp(tenant.address("ada"));
        String session = tenant.server()
                .get("/users/" + ada.id() + "/sessions")
                .items("id")
                .get(0);
        ada.caller().delete("/users/me/sessions/" + session).expect(204);
        tenant.client()
                .post("/auth/refresh", body("refresh_token", ada.refreshToken()))
                .expectError(401, "REFRESH_TOKEN_INVALID");
        ada.caller().delete("/users/me/sessions/" + session).expectError(404, "SESSION_NOT_FOUND");
    }

    @Test
    void theUsersVersionGrowsWithEveryChangeOfClaimsAndWithNothingElse(TestTenant tenant) {
        SignedUp ada = tenant.signUp(tenant.address("ada"));
        long version = ada.caller().get("/users/me").userVersion().orElseThrow();
        assertThat(ada.caller().get("/users/me").userVersion()).contains(version);
        Answer renamed = ada.caller().patch("/users/me", body("display_name", "Ada L."));
        assertThat(renamed.userVersion()).contains(version + 1);
        assertThat(ada.caller()
                        .patch("/users/me", body("display_name", "Ada L."))
                        .userVersion())
                .contains(version + 1);
        tenant.server()
                .patch("/users/" + ada.id(), body("primary_email_verified", true))
                .expect(200);
        assertThat(ada.caller().get("/users/me").userVersion()).contains(version + 2);
        tenant.requireEmailVerification(true);
        assertThat(ada.caller().get("/users/me").userVersion()).contains(version + 2);
        tenant.server()
                .patch("/users/" + ada.id(), body("primary_email_verified", false))
                .expect(200);
        tenant.requireEmailVerification(false);
        assertThat(ada.caller().get("/users/me").userVersion()).contains(version + 4);
    }

    @Test
    void theClientsTokenFollowsItsOwnChangesAndThoseOfOthers(TestTenant tenant, Suite suite) throws Exception {
        SignedUp ada = tenant.signUp(tenant.address("ada"));
        DirectoryClient client = client(tenant, suite, ada, new OkHttpClient());
        assertThat(claims(client.accessToken()).getStringClaim("name")).isEqualTo("ada");
        client.updateMe(body("display_name", "Ada L."));
        assertThat(claims(client.accessToken()).getStringClaim("name")).isEqualTo("Ada L.");
        tenant.server()
                .patch("/users/" + ada.id(), body("display_name", "Countess"))
                .expect(200);
        client.me();
        assertThat(claims(client.accessToken()).getStringClaim("name")).isEqualTo("Countess");
    }

    @Test
    void sixteenThreadsOfOneClientShareRefreshesAndNeverSeeStaleClaims(TestTenant tenant, Suite suite)
            throws Exception {
        SignedUp ada = tenant.signUp(tenant.address("ada"));
        AtomicInteger refreshes = new AtomicInteger();
        OkHttpClient http = new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    if (chain.request().url().encodedPath().equals("/auth/refresh")) {
                        refreshes.incrementAndGet();
                    }
                    return chain.proceed(chain.request());
                })
                .build();
        DirectoryClient client = client(tenant, suite, ada, http);
        Together.times(16, thread -> client.accessToken());
        assertThat(refreshes).hasValue(1);
        AtomicInteger highest = new AtomicInteger();
        Together.times(16, thread -> {
            for (int i = 0; i < 10; i++) {
                int seen;
                synchronized (highest) {
                    if (thread == 0) {
                        client.updateMe(body("display_name", Integer.toString(highest.incrementAndGet())));
                    }
                    seen = highest.get();
                }
                String name = claims(client.accessToken()).getStringClaim("name");
                if (seen > 0) {
                    assertThat(Integer.parseInt(name)).isGreaterThanOrEqualTo(seen);
                }
            }
        });
        assertThat(claims(client.accessToken()).getStringClaim("name")).isEqualTo("10");
    }

    @Test
    void sixteenClientsRefreshWhileTheUserChangesWithoutAnyFailure(TestTenant tenant) throws Exception {
        SignedUp ada = tenant.signUp(tenant.address("ada"));
        List<Long> versions = Together.get(16, thread -> {
            long last = 0;
            for (int i = 0; i < 8; i++) {
                if (thread % 4 == 0) {
                    ada.caller()
                            .patch(
                                    "/users/me",
                                    body("display_name", UUID.randomUUID().toString()))
                            .expect(200);
                }
                Answer refreshed = tenant.client()
                        .post("/auth/refresh", body("refresh_token", ada.refreshToken()))
                        .expect(200);
                assertThat(refreshed.userVersion().orElseThrow()).isGreaterThanOrEqualTo(last);
                last = refreshed.userVersion().orElseThrow();
            }
            return last;
        });
        assertThat(versions).hasSize(16);
    }

    @Test
    void anAnonymousUserWhoSignsUpStaysTheSameUser(TestTenant tenant) {
        SignedUp somebody = tenant.signUpAnonymously();
        Answer started = somebody.caller()
                .post("/auth/sign-up", body("email", tenant.address("ada"), "password", "correct horse"))
                .expect(201);
        assertThat(started.get("user_id")).isEqualTo(somebody.id().toString());
        somebody.caller()
                .post("/auth/sign-up", body("email", tenant.address("eve"), "password", "correct horse"))
                .expectError(409, "ALREADY_SIGNED_UP");
    }

    @Test
    void passwordsAreKeptAsArgon2idAndTriedOnlySoOften(TestTenant tenant, Suite suite) throws Exception {
        SignedUp ada = tenant.signUp(tenant.address("ada"));
        assertThat(suite.column("SELECT password_hash FROM password_credential WHERE user_id = '" + ada.id() + "'"))
                .singleElement()
                .asString()
                .startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        tenant.client()
                .post("/auth/sign-in", body("email", tenant.address("ada"), "password", "correct horse"))
                .expect(200);
        for (int i = 0; i < 9; i++) {
            tenant.client()
                    .post("/auth/sign-in", body("email", tenant.address("ada"), "password", "wrong horse"))
                    .expectError(401, "EMAIL_PASSWORD_MISMATCH");
        }
        tenant.client()
                .post("/auth/sign-in", body("email", tenant.address("ada"), "password", "correct horse"))
                .expectError(429, "TOO_MANY_ATTEMPTS");
        tenant.client()
                .post("/auth/sign-in", body("email", tenant.address("nobody"), "password", "wrong horse"))
                .expectError(401, "EMAIL_PASSWORD_MISMATCH");
        tenant.client()
                .post("/auth/sign-up", body("email", tenant.address("x"), "password", "short"))
                .expectWrong("password");
    }

    private static DirectoryClient client(TestTenant tenant, Suite suite, SignedUp user, OkHttpClient http) {
        return new DirectoryClient(
                http,
                new DirectoryClient.Address(
                        suite.url(), tenant.id(), tenant.client().headers().get("X-Api-Key")),
                user.refreshToken());
    }

    private static JWTClaimsSet claims(String token) throws Exception {
        return SignedJWT.parse(token).getJWTClaimsSet();
    }

    /** Not at its end, where some bits of a character mean nothing. */
    private static String withAnotherSignature(String token) {
        int first = token.lastIndexOf('.') + 1;
        return token.substring(0, first) + (token.charAt(first) == 'A' ? 'B' : 'A') + token.substring(first + 1);
    }
}
