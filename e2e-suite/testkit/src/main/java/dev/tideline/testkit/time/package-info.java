/** The clock behind every wait of the testkit, so that a wait can itself be tested without waiting. */
package dev.tideline.testkit.time;
