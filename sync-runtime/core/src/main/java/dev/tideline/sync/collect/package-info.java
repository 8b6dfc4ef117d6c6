/** Keeps the ledgers short: removes what every cursor has passed. */
package dev.tideline.sync.collect;
