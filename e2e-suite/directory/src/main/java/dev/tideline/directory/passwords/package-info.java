/** Passwords and codes: kept as memory-hard hashes, and tried only so often. */
package dev.tideline.directory.passwords;
