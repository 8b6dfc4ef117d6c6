/** Tests of the store alone. */
package dev.tideline.collector.store;
