package dev.tideline.directory.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.directory.http.ApiException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdminRestrictionTest {

    private static final AdminRestriction NONE = new AdminRestriction(false, Optional.empty(), Optional.empty());
    private static final AdminRestriction SPAM =
            new AdminRestriction(true, Optional.of("spam"), Optional.of("ticket 7"));

    @Test
    void whatIsNotSentStays() {
        assertThat(SPAM.change(null, null, null)).isEqualTo(SPAM);
        assertThat(SPAM.change(null, Optional.of("abuse"), null))
                .isEqualTo(new AdminRestriction(true, Optional.of("abuse"), Optional.of("ticket 7")));
        assertThat(SPAM.change(true, null, Optional.empty()))
                .isEqualTo(new AdminRestriction(true, Optional.of("spam"), Optional.empty()));
    }

    @Test
    void clearingTheRestrictionClearsReasonAndDetails() {
        assertThat(SPAM.change(false, null, null)).isEqualTo(NONE);
    }

    @Test
    void aReasonOrDetailsNeedTheRestriction() {
        assertThatThrownBy(() -> NONE.change(null, Optional.of("spam"), null))
                .isInstanceOf(ApiException.class)
                .hasMessage("restricted_by_admin_reason: needs restricted_by_admin to be true");
        assertThatThrownBy(() -> SPAM.change(false, null, Optional.of("x")))
                .hasMessage("restricted_by_admin_private_details: needs restricted_by_admin to be true");
        assertThat(NONE.change(null, Optional.empty(), Optional.empty())).isEqualTo(NONE);
    }
}
