package dev.tideline.directory.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.directory.http.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @Test
    void anAddressIsKeptInOneForm() {
        assertThat(EmailAddress.of(" Ada.L+x@Example.COM ", "email")).isEqualTo("ada.l+x@example.com");
        assertThat(EmailAddress.of("grüße@münchen.example", "email")).isEqualTo("grüße@münchen.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "ada",
                "ada@",
                "@example.com",
                "ada@example",
                "a b@example.com",
                "ada@example..com",
                "ada@example.com, eve@example.com",
                "ada@example.com\r\nBcc: eve@example.com",
                "<ada@example.com>"
            })
    void whatIsNoAddressIsRefusedByField(String text) {
        assertThatThrownBy(() -> EmailAddress.of(text, "primary_email"))
                .isInstanceOf(ApiException.class)
                .hasMessageStartingWith("primary_email: must");
    }
}
