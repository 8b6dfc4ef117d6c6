/** The fifth stage: rows are staged, merged and deleted in the target, in one transaction together with the cursor. */
package dev.tideline.sync.apply;
