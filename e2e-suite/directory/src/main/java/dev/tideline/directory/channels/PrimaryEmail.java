package dev.tideline.directory.channels;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What becomes of a user's addresses when its primary one changes. One address of a user at most signs in, and it is the
 * primary one once that has changed.
 *
 * @param demoted the primary one so far
 * @param promoted an address that the user has already; its verification is kept
 * @param added an address that is new to the user
 * @param signsIn whether the new primary one is signed in with from now on, instead of any other
 */
public record PrimaryEmail(Optional<UUID> demoted, Optional<UUID> promoted, Optional<String> added, boolean signsIn) {

    private static final PrimaryEmail UNCHANGED =
            new PrimaryEmail(Optional.empty(), Optional.empty(), Optional.empty(), false);

    /**
     * Plans the change.
     *
     * @param channels all of the user's
     * @param wanted the new primary address; empty for none
     */
    public static PrimaryEmail change(List<ContactChannel> channels, Optional<String> wanted) {
        Optional<ContactChannel> primary =
                channels.stream().filter(ContactChannel::isPrimary).findFirst();
        if (primary.map(ContactChannel::value).equals(wanted)) {
            return UNCHANGED;
        }
        Optional<ContactChannel> known = channels.stream()
                .filter(channel -> wanted.filter(channel.value()::equals).isPresent())
                .findFirst();
        return new PrimaryEmail(
                primary.map(ContactChannel::id),
                known.map(ContactChannel::id),
                known.isPresent() ? Optional.empty() : wanted,
                wanted.isPresent() && channels.stream().anyMatch(ContactChannel::usedForAuth));
    }
}
