package dev.tideline.sync.status;

import dev.tideline.sync.error.NotInstalledException;
import dev.tideline.sync.layout.InstalledLayout;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads the status from the source. Used by one thread. */
public final class StatusReader {

    private final Connection source;

    /**
     * @param source in autocommit mode
     */
    public StatusReader(Connection source) {
        this.source = source;
    }

    /**
     * Reads everything. Rates are unknown from a single reading.
     *
     * @throws NotInstalledException if nothing is installed
     */
    public Status read(StatusQuery query) throws SQLException {
        InstalledLayout layout = layout();
        Summary summary = new SummaryReader(source, query.tenant()).read(Troubles.read(source, layout));
        return read(query, layout, summary, PageStarts.NONE);
    }

    /** Everything but the page of targets, over all tenants. */
    Summary summary(Troubles troubles) throws SQLException {
        return new SummaryReader(source, null).read(troubles);
    }

    InstalledLayout layout() throws SQLException {
        return InstalledLayout.required(source);
    }

    /** A page of targets together with a summary. */
    Status page(StatusQuery query, InstalledLayout layout, Summary summary, PageStarts starts) throws SQLException {
        return read(
                query,
                layout,
                query.tenant() == null ? summary : new SummaryReader(source, query.tenant()).narrowed(summary),
                starts);
    }

    private Status read(StatusQuery query, InstalledLayout layout, Summary summary, PageStarts starts)
            throws SQLException {
        TargetPageReader.Found page = new TargetPageReader(source, layout, summary, starts).read(query);
        long total = page.found();
        List<Status.Target> targets = new ArrayList<>();
        if (query.first()) {
            targets.addAll(summary.troubles().faultyOf(query.tenant()));
        }
        targets.addAll(page.targets());
        List<String> trouble = trouble(summary);
        return new Status(
                trouble.isEmpty(),
                trouble,
                summary.now(),
                summary.install(),
                summary.sequencer(),
                summary.poller(),
                summary.webhooks(),
                summary.troubles().capture(),
                new Status.SyncEngine(summary.mappings()),
                summary.totals(),
                targets,
                new Status.Page(
                        query.page(),
                        query.size(),
                        (int) Math.max(1, (total + query.size() - 1) / query.size()),
                        total),
                summary.fuses(),
                summary.processes());
    }

    private static List<String> trouble(Summary summary) {
        List<String> trouble = new ArrayList<>();
        if (!summary.sequencer().enabled()) {
            trouble.add("the sequencer is paused: no change is delivered");
        } else if (!summary.sequencer().running()) {
            trouble.add("no runtime is sequencing: no change is delivered. Start one with \"run\"");
        }
        if (!summary.poller().enabled()) {
            trouble.add("the poller is paused: nothing is sent to any external database");
        } else if (summary.poller().runtimes() == 0) {
            trouble.add("no runtime is running for this source. Start one with \"run\"");
        }
        summary.troubles().capture().stream()
                .filter(capture -> capture.trouble() != null)
                .forEach(capture ->
                        trouble.add("changes of table " + capture.table() + " are not followed: " + capture.trouble()));
        add(
                trouble,
                summary.sequencer().refusedTenants().size(),
                "table has rows of a tenant whose id is too long; they are left out",
                "tables have rows of tenants whose ids are too long; they are left out");
        add(trouble, summary.totals().failing(), "external database fails", "external databases fail");
        summary.webhooks().stream()
                .filter(webhook -> webhook.trouble() != null)
                .forEach(webhook -> trouble.add("the webhook of mapping " + webhook.mapping() + " is "
                        + webhook.lagMs() / 1000 + " s behind: " + webhook.trouble()));
        add(trouble, summary.poller().dead(), "request is dead", "requests are dead");
        add(trouble, summary.totals().parkedRows(), "row is parked", "rows are parked");
        add(trouble, summary.totals().paused(), "external database is paused", "external databases are paused");
        return trouble;
    }

    private static void add(List<String> trouble, long count, String one, String several) {
        if (count > 0) {
            trouble.add(count == 1 ? "1 " + one : count + " " + several);
        }
    }
}
