package dev.tideline.devservices.provider.embedded;

/** Whether a commit survives a power failure. A killed process loses nothing in either case. */
public enum Durability {
    /** As in production: every commit reaches the disk. */
    DURABLE,
    /** No commit waits for the disk. For tests only: data may be lost when the machine stops. */
    FAST
}
