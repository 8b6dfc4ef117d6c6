package dev.tideline.directory.channels;

import java.util.UUID;

/** An address of a user, as it stands in the table and in answers. */
public record ContactChannel(
        UUID id, UUID userId, String type, String value, boolean isPrimary, boolean isVerified, boolean usedForAuth) {}
