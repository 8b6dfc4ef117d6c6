/**
 * Keeps a code base's tests free of sleeps and of each other. Needs ArchUnit on the class path; nothing else here does.
 */
package dev.tideline.testkit.archunit;
