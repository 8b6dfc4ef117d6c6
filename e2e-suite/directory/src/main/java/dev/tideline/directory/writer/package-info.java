/**
 * Changes the Directory's tables as its users would: a replayable stream of transactions, decided by a seed alone. For
 * demonstrations, measurements and tests of whatever follows these tables.
 */
package dev.tideline.directory.writer;
