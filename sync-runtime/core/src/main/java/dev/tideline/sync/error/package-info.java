/** Failures while syncing, as callers see them. */
package dev.tideline.sync.error;
