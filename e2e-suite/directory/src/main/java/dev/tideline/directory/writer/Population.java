package dev.tideline.directory.writer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;

/** The users of one tenant, as the writer knows them without asking the database. Not safe for use by several threads. */
final class Population {

    /** How many users are looked at before one of the wanted kind counts as not there. */
    private static final int LOOKS = 20;

    private final String tenant;
    private final List<User> users = new ArrayList<>();

    Population(String tenant) {
        this.tenant = tenant;
    }

    /** An address of a user. Immutable. */
    record Channel(UUID id, boolean primary, boolean verified) {}

    /** A user with its addresses. Immutable. */
    record User(UUID id, boolean anonymous, List<Channel> channels) {

        User {
            channels = List.copyOf(channels);
        }

        Optional<Channel> primary() {
            return channels.stream().filter(Channel::primary).findFirst();
        }

        /** An address that is not the primary one and of this kind. */
        Optional<Channel> secondary(Predicate<Channel> kind) {
            return channels.stream()
                    .filter(channel -> !channel.primary())
                    .filter(kind)
                    .findFirst();
        }
    }

    String tenant() {
        return tenant;
    }

    int size() {
        return users.size();
    }

    /** Any user of this kind; empty if a few looks found none. */
    Optional<User> any(Random random, Predicate<User> kind) {
        for (int look = 0; look < LOOKS && !users.isEmpty(); look++) {
            User user = users.get(random.nextInt(users.size()));
            if (kind.test(user)) {
                return Optional.of(user);
            }
        }
        return Optional.empty();
    }

    void add(User user) {
        users.add(user);
    }

    void replace(User before, User after) {
        users.set(users.indexOf(before), after);
    }

    void remove(User user) {
        // The last one takes its place: which user is met next stays decided by the seed, and nothing is shifted.
        int at = users.indexOf(user);
        User last = users.remove(users.size() - 1);
        if (at < users.size()) {
            users.set(at, last);
        }
    }
}
