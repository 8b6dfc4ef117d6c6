/** How threads of the runtime are made. */
package dev.tideline.sync.thread;
