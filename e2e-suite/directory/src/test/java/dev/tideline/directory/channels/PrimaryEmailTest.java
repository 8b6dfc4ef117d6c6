package dev.tideline.directory.channels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PrimaryEmailTest {

    private static final UUID USER = UUID.randomUUID();
    private static final ContactChannel FIRST = channel("first@example.com", true, true);
    private static final ContactChannel SECOND = channel("second@example.com", false, false);

    @Test
    void theSameValueChangesNothing() {
        assertThat(PrimaryEmail.change(List.of(FIRST, SECOND), Optional.of(FIRST.value())))
                .isEqualTo(new PrimaryEmail(Optional.empty(), Optional.empty(), Optional.empty(), false));
        assertThat(PrimaryEmail.change(List.of(SECOND), Optional.empty()))
                .isEqualTo(new PrimaryEmail(Optional.empty(), Optional.empty(), Optional.empty(), false));
    }

    @Test
    void anAddressThatTheUserHasIsPromoted() {
        assertThat(PrimaryEmail.change(List.of(FIRST, SECOND), Optional.of(SECOND.value())))
                .isEqualTo(new PrimaryEmail(Optional.of(FIRST.id()), Optional.of(SECOND.id()), Optional.empty(), true));
    }

    @Test
    void aNewAddressIsAddedAndTheOldOneDemoted() {
        assertThat(PrimaryEmail.change(List.of(FIRST), Optional.of("new@example.com")))
                .isEqualTo(new PrimaryEmail(
                        Optional.of(FIRST.id()), Optional.empty(), Optional.of("new@example.com"), true));
        assertThat(PrimaryEmail.change(List.of(), Optional.of("new@example.com")))
                .isEqualTo(new PrimaryEmail(Optional.empty(), Optional.empty(), Optional.of("new@example.com"), false));
    }

    @Test
    void noneDemotesAndSignInStaysWhereItIs() {
        assertThat(PrimaryEmail.change(List.of(FIRST, SECOND), Optional.empty()))
                .isEqualTo(new PrimaryEmail(Optional.of(FIRST.id()), Optional.empty(), Optional.empty(), false));
    }

    private static ContactChannel channel(String value, boolean primary, boolean usedForAuth) {
        return new ContactChannel(UUID.randomUUID(), USER, "email", value, primary, false, usedForAuth);
    }
}
