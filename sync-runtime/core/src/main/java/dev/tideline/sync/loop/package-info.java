/** The only place that waits. A pass never sleeps; what stands here decides when the next one runs. */
package dev.tideline.sync.loop;
