package dev.tideline.devservices.process;

import static dev.tideline.devservices.process.UnprivilegedLaunch.AS_CALLER;
import static dev.tideline.devservices.process.UnprivilegedLaunch.AS_NOBODY;
import static dev.tideline.devservices.process.UnprivilegedLaunch.USER_NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.devservices.process.UnprivilegedLaunch.Caller;
import org.junit.jupiter.api.Test;

class UnprivilegedLaunchTest {

    @Test
    void a_user_with_a_name_starts_postgres_as_itself() {
        assertThat(new Caller(false, "jane").ways()).containsExactly(AS_CALLER);
    }

    @Test
    void a_user_whom_the_system_has_no_name_for_is_given_one_in_a_user_namespace() {
        assertThat(new Caller(false, "12345").ways()).containsExactly(USER_NAMESPACE);
    }

    @Test
    void root_has_two_ways() {
        assertThat(new Caller(true, "root").ways()).containsExactly(USER_NAMESPACE, AS_NOBODY);
    }
}
