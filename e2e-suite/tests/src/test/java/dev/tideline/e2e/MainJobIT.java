package dev.tideline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it needs the machine to itself")
class MainJobIT {

    private static final MainJob.Size SIZE = new MainJob.Size(
            Integer.getInteger("tideline.mainJob.scale", 1),
            Integer.getInteger("tideline.mainJob.clients", 4),
            Integer.getInteger("tideline.mainJob.seconds", 4));

    @TempDir
    Path folder;

    @BeforeEach
    void pgbench() {
        assumeTrue(PgBench.find().isPresent(), "pgbench is not installed (Debian: postgresql-contrib)");
    }

    @Test
    void aDatabaseUnderLoadIsKeptInStepInADatabaseForEachTenant() throws Exception {
        try (MainJob job = MainJob.prepare(
                TestServers.source(), TestServers.external(), "e2e_main", SIZE, folder, CommandLineJar.ofBuild())) {
            MainJob.Outcome outcome = job.run();
            outcome.lines().forEach(System.out::println);
            assertThat(outcome.verified()).hasSize(SIZE.branches()).allSatisfy(found -> {
                assertThat(found.differences()).isEmpty();
                assertThat(found.rows()).isEqualTo(100_011);
            });
            assertThat(outcome.transactions()).isPositive();
            assertThat(outcome.lags().samples()).isPositive();
            assertThat(outcome.peakHeap()).isPresent();
        }
    }

    @Test
    void aTableWithoutAKeyIsRefusedWithWhatToDo() throws Exception {
        try (MainJob job = MainJob.prepare(
                TestServers.source(),
                TestServers.external(),
                "e2e_history",
                new MainJob.Size(1, 1, 1),
                folder,
                CommandLineJar.ofBuild())) {
            Path config = job.configWithHistory();
            CommandLineJar.Outcome check = CommandLineJar.ofBuild().run(config, "check");
            assertThat(check.code()).isEqualTo(2);
            assertThat(check.out()).isEmpty();
            assertThat(check.err()).isEqualTo("""
                    %1$s:7:51 mappings.history.key: pgbench_history has no primary key and no unique index, so its \
                    rows cannot be told apart. Add a primary key, for example: ALTER TABLE "public"."pgbench_history" \
                    ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY; or remove the mapping.
                    %1$s:7:51 mappings.history.key: the key column "tid" of pgbench_history can be NULL. Run: \
                    ALTER TABLE "public"."pgbench_history" ALTER COLUMN "tid" SET NOT NULL;
                    """.formatted(config));
        }
    }
}
