/** The third stage: claims waiting requests in the source under a lease and passes them on. */
package dev.tideline.sync.dispatch;
