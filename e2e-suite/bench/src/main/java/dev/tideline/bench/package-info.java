/** Tideline beside its peers, each a contestant of the same interface. */
package dev.tideline.bench;
