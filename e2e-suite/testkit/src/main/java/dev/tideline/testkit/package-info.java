/** Helps tests to wait for events, and reports what happened instead. */
package dev.tideline.testkit;
