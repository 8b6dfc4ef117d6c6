/** What is installed in the source: streams, ledgers and mappings, and their SQL names. */
package dev.tideline.sync.layout;
