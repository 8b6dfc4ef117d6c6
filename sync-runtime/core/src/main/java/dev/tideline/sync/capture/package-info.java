/**
 * The first stage: which columns of which tables are captured, and what that needs in the source. The capture itself
 * happens in triggers; see {@code sql/1-capture}.
 */
package dev.tideline.sync.capture;
