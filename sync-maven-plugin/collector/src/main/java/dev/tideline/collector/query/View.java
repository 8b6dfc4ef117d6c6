package dev.tideline.collector.query;

import dev.tideline.collector.store.Stored;
import java.util.Optional;

/**
 * An item being looked at: decoded at most once, however many criteria and waits look at it. Not thread-safe.
 *
 * @param <E> the kept item
 */
public interface View<E extends Stored> {

    /** Place in the order of arrival. */
    long sequence();

    /** The kept item. */
    E item();

    /** Its name, or what comes nearest to one. */
    String name();

    /** An attribute's value as text: the item's own, else its resource's. */
    Optional<String> attribute(String key);

    /** The service that sent it. */
    default String service() {
        return item().origin().service();
    }
}
