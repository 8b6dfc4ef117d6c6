/**
 * {@code tideline.yaml} as validated records. They are formally valid; {@link dev.tideline.sync.mapping} checks them
 * against the live source.
 */
package dev.tideline.sync.config;
