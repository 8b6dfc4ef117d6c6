package dev.tideline.collector.query;

import dev.tideline.collector.store.Stored;
import java.util.Optional;

/** A view of an item, decoded at most once for any number of criteria and waits. Not thread-safe. */
public interface View<E extends Stored> {

    /** Place in the order of arrival. */
    long sequence();

    E item();

    /** Its name, or the closest equivalent. */
    String name();

    /** An attribute's value as text: the item's own, else its resource's. */
    Optional<String> attribute(String key);

    /** The service that sent it. */
    default String service() {
        return item().origin().service();
    }
}
