/**
 * Compares a tenant's rows in the source with those in a target and names the ones that differ.
 *
 * <p>Both sides hash every row at once, in one scan each, summed up in buckets of the key's hash. Only buckets that
 * differ are listed row by row, as two streams in the same order. What differs there is a suspicion, since writers go
 * on: {@link dev.tideline.sync.verify.Verifier} looks again until a difference stands although nothing is under way for
 * its key, or the row is equal. Nothing here waits; the caller supplies the {@link dev.tideline.sync.verify.Pause}.
 */
package dev.tideline.sync.verify;
