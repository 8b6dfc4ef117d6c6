package dev.tideline.directory.users;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestrictedReasonTest {

    @ParameterizedTest
    @CsvSource({
        "true,  true,  true,  false, true,  ANONYMOUS",
        "false, true,  true,  false, true,  WAITLISTED",
        "false, false, true,  false, true,  EMAIL_NOT_VERIFIED",
        "false, false, true,  true,  true,  RESTRICTED_BY_ADMINISTRATOR",
        "false, false, false, false, true,  RESTRICTED_BY_ADMINISTRATOR",
        "false, false, false, false, false, ",
        "false, false, true,  true,  false, ",
    })
    void theFirstReasonCounts(
            boolean anonymous,
            boolean waitlisted,
            boolean required,
            boolean verified,
            boolean byAdmin,
            RestrictedReason expected) {
        assertThat(RestrictedReason.of(new RestrictedReason.Facts(anonymous, waitlisted, required, verified, byAdmin)))
                .isEqualTo(Optional.ofNullable(expected));
    }
}
