/** The HTTP API of a runtime, its page and its metrics. {@link dev.tideline.sync.admin.AdminServer} is what a library user starts. */
package dev.tideline.sync.admin;
