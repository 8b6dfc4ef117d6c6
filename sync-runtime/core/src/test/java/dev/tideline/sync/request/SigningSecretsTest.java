package dev.tideline.sync.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningSecretsTest {

    /** The example of the specification's reference libraries. */
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final Instant THEN = Instant.ofEpochSecond(1_614_265_330);
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private final SigningSecrets secrets = SigningSecrets.of(List.of(SECRET));

    @Test
    void the_specifications_example_is_signed_as_the_specification_does() {
        assertThat(secrets.sign(ID, THEN, BODY)).isEqualTo(SIGNATURE);
        assertThat(secrets.refuse(ID, "1614265330", SIGNATURE, BODY, THEN)).isEmpty();
    }

    @Test
    void while_a_secret_is_rotated_either_side_may_be_first() {
        SigningSecrets both = SigningSecrets.of(List.of("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", SECRET));
        String signed = both.sign(ID, THEN, BODY);
        assertThat(signed.split(" ")).hasSize(2).contains(SIGNATURE);
        assertThat(secrets.refuse(ID, "1614265330", signed, BODY, THEN)).isEmpty();
        assertThat(both.refuse(ID, "1614265330", SIGNATURE, BODY, THEN)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1,a0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "v2,", "v1,", "v1,%", "", "v1a,g0hM"})
    void a_wrong_signature_is_refused(String wrong) {
        assertThat(secrets.refuse(ID, "1614265330", wrong, BODY, THEN))
                .contains("no signature in webhook-signature is right");
    }

    @Test
    void another_body_id_or_time_is_refused() {
        assertThat(secrets.refuse(ID, "1614265330", SIGNATURE, new byte[0], THEN))
                .isPresent();
        assertThat(secrets.refuse("msg_other", "1614265330", SIGNATURE, BODY, THEN))
                .isPresent();
        assertThat(secrets.refuse(ID, "1614265331", SIGNATURE, BODY, THEN)).isPresent();
    }

    @Test
    void an_old_one_a_future_one_and_what_is_no_time_are_refused() {
        assertThat(secrets.refuse(ID, "1614265330", SIGNATURE, BODY, THEN.plusSeconds(301)))
                .contains("webhook-timestamp is more than 5 minutes from this server's clock");
        assertThat(secrets.refuse(ID, "1614265330", SIGNATURE, BODY, THEN.minusSeconds(301)))
                .isPresent();
        assertThat(secrets.refuse(ID, "yesterday", SIGNATURE, BODY, THEN))
                .contains("webhook-timestamp is not a number of seconds since 1970");
        assertThat(secrets.refuse(ID, null, SIGNATURE, BODY, THEN))
                .contains("the headers webhook-id, webhook-timestamp and webhook-signature are needed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"whsec_", "whsec_c2hvcnQ=", "whsec_not base64 at all!"})
    void a_secret_that_cannot_be_used_is_refused_without_being_shown(String secret) {
        assertThatThrownBy(() -> SigningSecrets.of(List.of(secret)))
                .hasMessage("a secret that begins with whsec_ must continue with the base64 of 24 to 64 bytes");
    }

    @Test
    void any_other_text_is_a_key_as_it_stands() {
        SigningSecrets plain = SigningSecrets.of(List.of("hunter2"));
        assertThat(plain.refuse(ID, "1614265330", plain.sign(ID, THEN, BODY), BODY, THEN))
                .isEmpty();
        assertThat(plain).hasToString("SigningSecrets[1]");
    }
}
