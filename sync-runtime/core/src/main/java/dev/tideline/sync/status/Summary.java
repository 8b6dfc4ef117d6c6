package dev.tideline.sync.status;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

/**
 * Everything of a status but the page, as it was read.
 *
 * @param now by the source's clock
 * @param oldestPending when the oldest change that is not sequenced was captured; null if there is none
 * @param work of each process since it started
 * @param changes sequenced since the installation
 */
record Summary(
        OffsetDateTime now,
        OffsetDateTime oldestPending,
        Status.Install install,
        Status.Sequencer sequencer,
        Status.Poller poller,
        List<Status.Webhook> webhooks,
        List<Status.MappingStatus> mappings,
        Status.Totals totals,
        List<Status.Fuse> fuses,
        List<Status.Process> processes,
        Map<Integer, Work> work,
        long changes,
        Troubles troubles) {

    /** Of one process: requests carried out, and rows delivered by mapping. */
    record Work(long requests, Map<String, Long> rows) {}

    Summary narrowed(List<Status.MappingStatus> mappings, Status.Totals totals) {
        return new Summary(
                now,
                oldestPending,
                install,
                sequencer,
                poller,
                webhooks,
                mappings,
                totals,
                fuses,
                processes,
                work,
                changes,
                troubles);
    }

    /** With the rates that the history knows. */
    Summary at(History history) {
        return new Summary(
                now,
                oldestPending,
                install,
                sequencer.at(history.rates(sample -> sample.changes())),
                poller.at(history.rates(sample -> sample.requests())),
                webhooks,
                mappings.stream()
                        .map(m -> m.at(history.rates(sample -> sample.rowsOf(m.name()))))
                        .toList(),
                totals,
                fuses,
                processes,
                work,
                changes,
                troubles);
    }
}
