package dev.tideline.sync.layout;

import java.util.Optional;

/**
 * A mapping as it was installed.
 *
 * @param definition digest of everything that decides what a target row looks like
 * @param stream the root stream that captures it
 * @param details what the digest was made of; empty where an early version installed it
 */
public record InstalledMapping(String name, String definition, int stream, Optional<MappingDetails> details) {}
