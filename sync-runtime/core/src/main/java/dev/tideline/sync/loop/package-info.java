/** The only package that waits. A pass never sleeps; this package decides when the next one runs. */
package dev.tideline.sync.loop;
