/** The collector's tests: real HTTP on free ports, real exporters. */
package dev.tideline.collector;
