/** The third stage: requests that wait in the source are claimed under a lease and handed on. */
package dev.tideline.sync.dispatch;
