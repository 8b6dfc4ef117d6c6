/** What goes wrong while syncing, as callers see it. */
package dev.tideline.sync.error;
