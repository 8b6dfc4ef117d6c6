package dev.tideline.maven.provider.embedded;

import java.util.LinkedHashMap;
import java.util.Map;

/** Whether a commit survives the loss of power. A killed process loses nothing in either case. */
public enum Durability {
    /** As in production: every commit reaches the disk. */
    DURABLE,
    /** No commit waits for the disk. For tests only: data may be lost when the machine stops. */
    FAST;

    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        String onOff = this == DURABLE ? "on" : "off";
        settings.put("fsync", onOff);
        settings.put("synchronous_commit", onOff);
        settings.put("full_page_writes", onOff);
        return settings;
    }
}
