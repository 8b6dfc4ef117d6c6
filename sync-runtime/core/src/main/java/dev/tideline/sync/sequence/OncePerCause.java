package dev.tideline.sync.sequence;

import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warnings of the sequencer, logged once per cause. Used by one thread. */
final class OncePerCause {

    private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);

    /** Beyond this number the oldest are forgotten: messages may contain values, so their number is unbounded. */
    private static final int REMEMBERED = 100;

    private final Set<String> said = new LinkedHashSet<>();

    void warn(String message) {
        if (said.add(message)) {
            LOG.warn("{}", message);
        }
        if (said.size() > REMEMBERED) {
            said.remove(said.iterator().next());
        }
    }
}
