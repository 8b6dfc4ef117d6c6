/**
 * The command line: {@code java -jar sync-runtime-cli-<version>.jar <command> --config tideline.yaml}. One class per
 * command; results go to standard output, everything else to standard error.
 */
package dev.tideline.sync.cli;
