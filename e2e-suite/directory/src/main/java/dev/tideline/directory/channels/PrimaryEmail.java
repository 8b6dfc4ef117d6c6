package dev.tideline.directory.channels;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * How a user's addresses change when its primary one changes. A user signs in with at most one address, and after such a
 * change that is the primary one.
 *
 * @param demoted the former primary address
 * @param promoted an existing address of the user, which keeps its verification
 * @param added a new address of the user
 * @param signsIn whether the user signs in with the new primary address from now on, instead of any other
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
