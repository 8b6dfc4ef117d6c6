/** What stands in the source: streams, ledgers and mappings as they were installed, and their SQL names. */
package dev.tideline.sync.layout;
