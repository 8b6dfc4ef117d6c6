package dev.tideline.e2e;

import dev.tideline.e2e.loop.ShortPause;
import dev.tideline.sync.config.PostgresUrl;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.jdbc.PostgresConnections;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.mapping.MappingResolver;
import dev.tideline.sync.mapping.SyncPlan;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.target.ExternalDatabase;
import dev.tideline.sync.target.TargetDirectory;
import dev.tideline.sync.verify.Comparison;
import dev.tideline.sync.verify.Comparison.Connections;
import dev.tideline.sync.verify.LedgerFlow;
import dev.tideline.sync.verify.Verifier;
import dev.tideline.sync.verify.VerifyListener;
import dev.tideline.sync.verify.VerifyOptions;
import dev.tideline.sync.verify.VerifyReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Compares every mapping of every external database with the source, row for row. */
public final class Verification {

    private Verification() {}

    /** The result for one external database: one report for each mapping. */
    public record Verified(String tenant, String database, List<VerifyReport> reports) {

        public Verified {
            reports = List.copyOf(reports);
        }

        /** Whether every row is equal. */
        public boolean equal() {
            return reports.stream().allMatch(VerifyReport::equal);
        }

        /** Number of the source's rows for this database. */
        public long rows() {
            return reports.stream().mapToLong(VerifyReport::sourceRows).sum();
        }

        /** The differences, one line for each mapping; empty if there are none. */
        public List<String> differences() {
            return reports.stream()
                    .filter(report -> !report.equal())
                    .map(report -> tenant + "/" + database + ", mapping " + report.mapping() + ": " + report.missing()
                            + " rows missing, " + report.extra() + " extra, " + report.different() + " different, "
                            + report.unsettled() + " still under way"
                            + report.rows().stream()
                                    .limit(5)
                                    .map(row -> "; " + row.kind() + " " + row.key() + " " + row.columns())
                                    .collect(Collectors.joining()))
                    .toList();
        }
    }

    /**
     * Compares, and waits up to half a minute for each mapping's rows in flight.
     *
     * @return one result for each external database, ordered by tenant and name
     */
    public static List<Verified> of(SyncConfig config) throws SQLException, InterruptedException {
        List<Verified> all = new ArrayList<>();
        try (SourceDatabase source = new SourceDatabase(config.source(), 4)) {
            SyncPlan plan;
            try (Connection connection = source.connection()) {
                plan = MappingResolver.resolve(config, connection);
            }
            for (ExternalDatabase target : new TargetDirectory(source, plan).all()) {
                List<VerifyReport> reports = new ArrayList<>();
                for (Mapping mapping : plan.mappings()) {
                    reports.add(verify(source, target, mapping));
                }
                all.add(new Verified(target.tenant(), target.name(), reports));
            }
        }
        return all;
    }

    private static VerifyReport verify(SourceDatabase source, ExternalDatabase target, Mapping mapping)
            throws InterruptedException {
        Connections atSource = source::connection;
        Connections atTarget = () -> PostgresConnections.open(PostgresUrl.parse(target.url()), "tideline-verify");
        return new Verifier(VerifyOptions.DEFAULT, ShortPause::take, System::nanoTime, VerifyListener.SILENT)
                .verify(new Comparison(
                        mapping,
                        target.tenant(),
                        atSource,
                        atTarget,
                        LedgerFlow.between(atSource, atTarget, mapping, target.tenant(), target.name())));
    }
}
