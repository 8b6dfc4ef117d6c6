package dev.tideline.sync.model;

/**
 * How the runtimes of one history are set up.
 *
 * @param stepped whether the history itself says when a stage takes its next pass; else real runtimes run beside it
 * @param sequenced root rows that one changed row may make stale in a pass
 * @param applied rows of a batch
 * @param preparing whether the application prepares transactions; else capture rings a bell, which does not go with them
 */
record Settings(boolean stepped, int sequenced, int applied, int workers, boolean preparing) {

    String yaml() {
        return """
                sequencer: { interval: 5ms, batch_size: %d, doorbell: %s }
                poller: { interval: 5ms, claim_limit: 3, lease: 60s }
                sync: { batch_size: %d, workers: %d }
                """.formatted(sequenced, preparing ? "off" : "on", applied, workers);
    }
}
