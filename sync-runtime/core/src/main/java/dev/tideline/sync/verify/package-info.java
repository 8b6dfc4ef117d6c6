/**
 * Compares a tenant's rows in the source with those in a target, and names the ones that differ.
 *
 * <p>Both sides hash all rows at the same time, in one scan each, summed up in buckets of the key's hash. Only buckets
 * that differ are listed row by row, as two streams in the same order. A difference in these is a suspicion only, since
 * applications continue to write: {@link dev.tideline.sync.verify.Verifier} looks again until the row is equal, or
 * still differs although nothing is in flight for its key. Nothing here waits; the caller supplies the {@link
 * dev.tideline.sync.verify.Verifier.Pause}.
 */
package dev.tideline.sync.verify;
