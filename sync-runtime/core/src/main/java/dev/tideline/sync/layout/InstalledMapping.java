package dev.tideline.sync.layout;

import java.util.Optional;

/**
 * A mapping as it was installed.
 *
 * @param definition digest of everything that determines a target row
 * @param stream the root stream that captures it
 * @param details the input of the digest; empty if an early version installed it
 */
public record InstalledMapping(String name, String definition, int stream, Optional<MappingDetails> details) {}
