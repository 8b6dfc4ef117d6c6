/**
 * The first stage: which columns of which tables are captured, and what has to be in the source for it. Capturing itself
 * happens in triggers; see {@code sql/1-capture}.
 */
package dev.tideline.sync.capture;
