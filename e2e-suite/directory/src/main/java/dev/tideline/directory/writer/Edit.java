package dev.tideline.directory.writer;

import dev.tideline.directory.DirectorySession;
import dev.tideline.directory.writer.Population.Channel;
import dev.tideline.directory.writer.Population.User;
import dev.tideline.directory.writer.WrittenTransaction.Change;
import dev.tideline.directory.writer.WrittenTransaction.Change.Kind;
import dev.tideline.directory.writer.WrittenTransaction.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.LongSupplier;

/** What one transaction does to one tenant. What it means for the population counts only once {@link #commit} is called. */
final class Edit {

    private final DirectorySession session;
    private final Population population;
    private final String tenant;
    private final Random random;
    private final LongSupplier unique;
    private final List<Change> changes = new ArrayList<>();
    private final List<Runnable> onCommit = new ArrayList<>();

    /** @param unique gives a number that was not given before */
    Edit(DirectorySession session, Population population, Random random, LongSupplier unique) {
        this.session = session;
        this.population = population;
        this.tenant = population.tenant();
        this.random = random;
        this.unique = unique;
    }

    List<Change> changes() {
        return changes;
    }

    void commit() {
        onCommit.forEach(Runnable::run);
    }

    /** Does this, or signs somebody up if there is nobody to do it to. */
    Activity run(Activity wanted) throws SQLException {
        Optional<User> user = population.any(random, someone -> suits(someone, wanted));
        if (user.isEmpty()) {
            signUp(random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(2));
            return Activity.SIGN_UP;
        }
        switch (wanted) {
            case SIGN_UP -> signUp(random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(2));
            case RENAME -> rename(user.get());
            case CHANGE_PRIMARY -> changePrimary(user.get());
            case ADD_CHANNEL ->
                become(user.get(), with(user.get(), addChannel(user.get().id(), false)));
            case VERIFY_CHANNEL -> verify(user.get());
            case REMOVE_CHANNEL -> removeChannel(user.get());
            case IDENTIFY -> identify(user.get());
            case DELETE_USER -> delete(user.get());
        }
        return wanted;
    }

    private static boolean suits(User user, Activity activity) {
        return switch (activity) {
            case SIGN_UP, RENAME, DELETE_USER -> true;
            case CHANGE_PRIMARY, ADD_CHANNEL -> !user.anonymous();
            case VERIFY_CHANNEL -> user.channels().stream().anyMatch(channel -> !channel.verified());
            case REMOVE_CHANNEL -> user.secondary(channel -> true).isPresent();
            case IDENTIFY -> user.anonymous();
        };
    }

    /** @param addresses how many; without one the user is anonymous, the first one is the primary one */
    void signUp(int addresses) throws SQLException {
        UUID id = id();
        session.addUser(tenant, id, Names.person(random, unique.getAsLong()), addresses == 0);
        changed(Table.USER, id, Kind.INSERTED);
        List<Channel> channels = new ArrayList<>();
        for (int i = 0; i < addresses; i++) {
            channels.add(addChannel(id, i == 0));
        }
        onCommit.add(() -> population.add(new User(id, addresses == 0, channels)));
    }

    private void rename(User user) throws SQLException {
        session.renameUser(tenant, user.id(), Names.person(random, unique.getAsLong()));
        changed(Table.USER, user.id(), Kind.UPDATED);
    }

    private void changePrimary(User user) throws SQLException {
        List<Channel> channels = new ArrayList<>(user.channels());
        Optional<Channel> old = user.primary();
        if (old.isPresent()) {
            session.setPrimary(tenant, old.get().id(), false);
            changed(Table.CHANNEL, old.get().id(), Kind.UPDATED);
            channels.remove(old.get());
            channels.add(new Channel(old.get().id(), false, old.get().verified()));
        }
        Optional<Channel> promoted = user.secondary(channel -> true);
        if (promoted.isPresent()) {
            session.setPrimary(tenant, promoted.get().id(), true);
            changed(Table.CHANNEL, promoted.get().id(), Kind.UPDATED);
            channels.remove(promoted.get());
            channels.add(new Channel(promoted.get().id(), true, promoted.get().verified()));
        } else {
            channels.add(addChannel(user.id(), true));
        }
        changed(Table.USER, user.id(), Kind.UPDATED);
        become(user, new User(user.id(), user.anonymous(), channels));
    }

    private void verify(User user) throws SQLException {
        List<Channel> channels = new ArrayList<>(user.channels());
        for (int i = 0; i < channels.size(); i++) {
            Channel channel = channels.get(i);
            if (!channel.verified()) {
                session.verifyChannel(tenant, channel.id());
                changed(Table.CHANNEL, channel.id(), Kind.UPDATED);
                channels.set(i, new Channel(channel.id(), channel.primary(), true));
            }
        }
        become(user, new User(user.id(), user.anonymous(), channels));
    }

    private void removeChannel(User user) throws SQLException {
        Channel gone = user.secondary(channel -> true).orElseThrow();
        session.deleteChannel(tenant, gone.id());
        changed(Table.CHANNEL, gone.id(), Kind.DELETED);
        List<Channel> channels = new ArrayList<>(user.channels());
        channels.remove(gone);
        become(user, new User(user.id(), user.anonymous(), channels));
    }

    private void identify(User user) throws SQLException {
        session.identifyUser(tenant, user.id(), Names.person(random, unique.getAsLong()));
        changed(Table.USER, user.id(), Kind.UPDATED);
        become(user, new User(user.id(), false, List.of(addChannel(user.id(), true))));
    }

    private void delete(User user) throws SQLException {
        session.deleteUser(tenant, user.id());
        changed(Table.USER, user.id(), Kind.DELETED);
        user.channels().forEach(channel -> changed(Table.CHANNEL, channel.id(), Kind.DELETED));
        onCommit.add(() -> population.remove(user));
    }

    private Channel addChannel(UUID user, boolean primary) throws SQLException {
        UUID id = id();
        session.addChannel(tenant, user, id, Names.email(tenant, random, unique.getAsLong()), primary);
        changed(Table.CHANNEL, id, Kind.INSERTED);
        return new Channel(id, primary, false);
    }

    private void changed(Table table, UUID id, Kind kind) {
        changes.add(new Change(table, id, kind));
    }

    private void become(User before, User after) {
        onCommit.add(() -> population.replace(before, after));
    }

    private static User with(User user, Channel channel) {
        List<Channel> channels = new ArrayList<>(user.channels());
        channels.add(channel);
        return new User(user.id(), user.anonymous(), channels);
    }

    /** A version 4 UUID that the seed decides. */
    private UUID id() {
        long high = random.nextLong() & ~0xF000L | 0x4000L;
        long low = random.nextLong() & ~(3L << 62) | 1L << 63;
        return new UUID(high, low);
    }
}
