/**
 * The command line: {@code java -jar sync-runtime-<version>-cli.jar <command> --config tideline.yaml}. One class a
 * command; what a command found goes to standard output, everything else to standard error.
 */
package dev.tideline.sync.cli;
