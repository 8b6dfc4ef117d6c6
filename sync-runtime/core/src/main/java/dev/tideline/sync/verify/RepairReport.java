package dev.tideline.sync.verify;

/**
 * What a repair found and did.
 *
 * @param before what was found
 * @param repaired number of rows written or deleted at the target
 * @param after what a second comparison found
 */
public record RepairReport(VerifyReport before, long repaired, VerifyReport after) {}
