/** Prepares a source: schema {@code tideline} by migrations, then triggers and whatever else a configuration needs. */
package dev.tideline.sync.install;
