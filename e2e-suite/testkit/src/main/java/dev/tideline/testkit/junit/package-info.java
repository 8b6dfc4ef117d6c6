/** Adapts the testkit to JUnit Jupiter; everything else in the testkit works without a test framework. */
package dev.tideline.testkit.junit;
