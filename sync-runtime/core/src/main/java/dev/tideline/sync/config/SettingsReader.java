package dev.tideline.sync.config;

import java.util.List;
import java.util.Map;

/** Reads the sections about the pace of the pipeline and the ways to control it; all their keys are optional. */
final class SettingsReader {

    private SettingsReader() {}

    static SequencerConfig sequencer(YamlSection top) {
        YamlSection section = top.section("sequencer", "interval", "batch_size", "doorbell");
        return new SequencerConfig(
                section.duration(
                        "interval",
                        SequencerConfig.DEFAULT.interval(),
                        SequencerConfig.SHORTEST,
                        SequencerConfig.LONGEST),
                section.integer("batch_size", SequencerConfig.DEFAULT.batchSize(), 1, SequencerConfig.LARGEST_BATCH),
                section.choice(
                        "doorbell",
                        SequencerConfig.DEFAULT.doorbell(),
                        Map.of(
                                "auto", SequencerConfig.Doorbell.AUTO,
                                "on", SequencerConfig.Doorbell.ON,
                                "off", SequencerConfig.Doorbell.OFF)));
    }

    static PollerConfig poller(YamlSection top) {
        YamlSection section = top.section("poller", "interval", "claim_limit", "lease");
        return new PollerConfig(
                section.duration(
                        "interval", PollerConfig.DEFAULT.interval(), PollerConfig.SHORTEST, PollerConfig.LONGEST),
                section.integer("claim_limit", PollerConfig.DEFAULT.claimLimit(), 1, PollerConfig.LARGEST_CLAIM),
                section.duration(
                        "lease",
                        PollerConfig.DEFAULT.lease(),
                        PollerConfig.SHORTEST_LEASE,
                        PollerConfig.LONGEST_LEASE));
    }

    static ApplyConfig sync(YamlSection top) {
        YamlSection section = top.section("sync", "batch_size", "workers", "on_bad_row");
        return new ApplyConfig(
                section.integer("batch_size", ApplyConfig.DEFAULT.batchSize(), 1, ApplyConfig.LARGEST_BATCH),
                section.integer("workers", ApplyConfig.DEFAULT.workers(), 1, ApplyConfig.MOST_WORKERS),
                section.choice(
                        "on_bad_row",
                        ApplyConfig.DEFAULT.onBadRow(),
                        Map.of("park", ApplyConfig.OnBadRow.PARK, "stop", ApplyConfig.OnBadRow.STOP)));
    }

    static DispatchMode dispatch(YamlSection top) {
        return top.choice(
                "dispatch", DispatchMode.DIRECT, Map.of("direct", DispatchMode.DIRECT, "http", DispatchMode.HTTP));
    }

    /**
     * @param byDefault called only if no port is given
     */
    static AdminConfig admin(YamlSection top, DefaultAdminPort byDefault) {
        YamlSection section = top.section("admin", "port", "bind", "token", "cron_secret", "hosts");
        int given = section.has("port") ? section.integer("port", 1, 1, 65_535) : byDefault.port();
        return new AdminConfig(
                given,
                section.optionalText("bind").orElse(AdminConfig.DEFAULT_BIND),
                section.optionalOrEmpty("token"),
                section.optionalOrEmpty("cron_secret"),
                section.has("hosts") ? section.texts("hosts", "Name a host, without scheme and port.") : List.of());
    }
}
