/** Helpers for tests that wait for what happens, and say what happened instead. */
package dev.tideline.testkit;
