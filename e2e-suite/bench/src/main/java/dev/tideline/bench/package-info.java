/**
 * Tideline measured beside its peers, in one run on one pair of servers. The harness belongs to no product: each is a
 * {@link dev.tideline.bench.contestant.Contestant}, and the harness alone decides when everything has arrived.
 */
package dev.tideline.bench;
