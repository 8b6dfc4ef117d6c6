package dev.tideline.sync.verify;

/**
 * What a repair found and did.
 *
 * @param before what was found
 * @param repaired how many rows were written or deleted at the target
 * @param after what was found when all was compared again
 */
public record RepairReport(VerifyReport before, long repaired, VerifyReport after) {}
