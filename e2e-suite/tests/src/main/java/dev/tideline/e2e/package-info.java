/**
 * What end-to-end tests, the demo and the measurements share besides the testkit: servers by their address, the
 * row-for-row comparison of a whole configuration, and figures.
 */
package dev.tideline.e2e;
