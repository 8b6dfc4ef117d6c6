/** The fifth stage: stages, merges and deletes rows in the target, in one transaction together with the cursor. */
package dev.tideline.sync.apply;
