package dev.tideline.sync.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.sync.config.AdminConfig;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenFolderTest {

    @Test
    void the_variable_decides_then_the_user_database_and_nothing_is_made_up() {
        assertThat(new TokenFolder("/home/other", "/home/me").path()).contains(Path.of("/home/other/.tideline"));
        assertThat(new TokenFolder(null, "/home/me").path()).contains(Path.of("/home/me/.tideline"));
        assertThat(new TokenFolder("", "/home/me").path()).contains(Path.of("/home/me/.tideline"));
        assertThat(new TokenFolder("here", "?").path()).isEmpty();
        assertThat(new TokenFolder(null, "?").path()).isEmpty();
    }

    @Test
    void without_a_home_a_token_must_be_given() {
        assertThatThrownBy(() -> AdminToken.of(AdminConfig.byDefault(), Optional.empty()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(
                        "no token can be kept, because this user has no home directory. Set HOME, or admin.token in the"
                                + " configuration");
        AdminConfig given = new AdminConfig(8101, "127.0.0.1", Optional.of("token"), Optional.empty());
        assertThat(AdminToken.of(given, Optional.empty()).file()).isEmpty();
    }
}
