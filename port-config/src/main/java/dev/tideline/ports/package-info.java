/**
 * The ports of a workspace: the table of services, the prefix that sets one workspace apart from the next, and what to
 * say when a port is taken.
 *
 * <p>Start at {@link dev.tideline.ports.Workspace#current()}, which finds the workspace of the running process, and
 * {@link dev.tideline.ports.Workspace#ports()}, which resolves its prefix. Who has other inputs than the process's own
 * system properties and environment (a Maven plugin, say) passes them to
 * {@link dev.tideline.ports.PrefixResolver#resolve}.
 *
 * <p>This package has no dependencies, so that everything else can depend on it.
 */
package dev.tideline.ports;
