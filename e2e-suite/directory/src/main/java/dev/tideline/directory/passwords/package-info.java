/** Passwords and codes: stored as memory-hard hashes, with a limit of tries. */
package dev.tideline.directory.passwords;
