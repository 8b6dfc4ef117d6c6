package dev.tideline.directory.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.directory.http.ApiException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MailPatchTest {

    @ParameterizedTest
    @EnumSource(MailStatus.class)
    void whatIsInHandSentOrSkippedCannotBeChangedAndEverythingElseCan(MailStatus status) {
        MailPatch edit = new MailPatch(null, null, "Later", null, null);
        switch (status) {
            case SENDING, SENT, SKIPPED ->
                assertThatThrownBy(() -> edit.apply(mail(status)))
                        .isInstanceOf(ApiException.class)
                        .hasMessage("The mail is " + status + " and can no longer be changed");
            case PAUSED -> assertThat(edit.apply(mail(status)).status()).isEqualTo(MailStatus.PAUSED);
            default -> assertThat(edit.apply(mail(status)).status()).isEqualTo(MailStatus.PREPARING);
        }
    }

    @Test
    void pausingAndGoingOnLeaveTheTextAlone() {
        MailPatch.Changed paused = new MailPatch(true, null, null, null, null).apply(mail(MailStatus.QUEUED));
        assertThat(paused)
                .isEqualTo(new MailPatch.Changed(
                        MailStatus.PAUSED, Optional.empty(), "Hello", "<p>Hello</p>", Instant.EPOCH));
        assertThat(new MailPatch(false, null, null, null, null)
                        .apply(mail(MailStatus.PAUSED))
                        .status())
                .isEqualTo(MailStatus.PREPARING);
        assertThat(new MailPatch(false, null, null, null, null)
                        .apply(mail(MailStatus.SCHEDULED))
                        .status())
                .isEqualTo(MailStatus.SCHEDULED);
    }

    private static OutboxMail mail(MailStatus status) {
        return new OutboxMail(
                UUID.randomUUID(),
                1,
                Optional.empty(),
                Optional.of("a@example.com"),
                "Hello",
                "<p>Hello</p>",
                "Transactional",
                status,
                Optional.empty(),
                Optional.empty(),
                0,
                Instant.EPOCH,
                Instant.EPOCH,
                Optional.empty());
    }
}
