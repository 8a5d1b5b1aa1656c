package io.helidon.builder.api;

import io.helidon.common.config.Config;

/**
 * An interface of Helidon 4.1 that the generated builders of helidon-dbclient 4.1.7 implement and
 * that Helidon 4.2 moved. It stands here, under its old name, so that dbclient 4.1.7 links on
 * Helidon 4.5.0. Delete this file on the day {@code helidon.dbclient.version} equals {@code
 * helidon.version}.
 *
 * @param <B> the builder
 * @param <P> what it builds
 */
// Helidon has marked the type for removal; the old signature needs it.
@SuppressWarnings("removal")
public interface Prototype$ConfiguredBuilder<B, P> extends Prototype.Builder<B, P> {

    /**
     * Reads the builder's options.
     *
     * @param config the node to read from
     * @return this builder
     */
    B config(Config config);
}
