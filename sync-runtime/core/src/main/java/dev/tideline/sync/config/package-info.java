/**
 * {@code tideline.yaml} as validated records. What stands here is right by form; whether it fits the live source is
 * decided in {@link dev.tideline.sync.mapping}.
 */
package dev.tideline.sync.config;
