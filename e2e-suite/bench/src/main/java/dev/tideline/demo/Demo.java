package dev.tideline.demo;

import dev.tideline.demo.loop.Beat;
import dev.tideline.directory.writer.DirectoryWriter;
import dev.tideline.directory.writer.WrittenTransaction;
import dev.tideline.directory.writer.WrittenTransaction.Table;
import dev.tideline.e2e.Verification;
import dev.tideline.e2e.Verification.Verified;
import dev.tideline.sync.SyncRuntime;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.install.Installation;
import dev.tideline.testkit.Eventually;
import dev.tideline.testkit.SyncProbe;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/** Runs the whole of Tideline on two small tenants and shows what arrives. */
public final class Demo {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final DemoSettings settings;
    private final Terminal terminal;

    Demo(DemoSettings settings, Terminal terminal) {
        this.settings = settings;
        this.terminal = terminal;
    }

    /** Exit code 0 if every row arrived, else 1. Settings are system properties {@code demo.*}. */
    public static void main(String[] arguments) {
        int code;
        try {
            DemoSettings settings = DemoSettings.of(System.getProperties(), Terminal.isThere());
            code = new Demo(settings, new Terminal(System.out, settings.interactive())).run() ? 0 : 1;
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            code = 2;
        } catch (Exception | AssertionError e) {
            System.err.println("The demo failed: " + e.getMessage());
            e.printStackTrace();
            code = 1;
        }
        System.exit(code);
    }

    /** @return whether everything was verified */
    boolean run() throws SQLException, IOException, InterruptedException {
        try (DemoStage stage = DemoStage.set(settings);
                Connection connection = settings.source().connect(DemoStage.SOURCE);
                DirectoryWriter writer = new DirectoryWriter(
                        connection,
                        stage.tenants().stream().map(DemoTenant::id).toList(),
                        settings.seed(),
                        Clock.systemUTC())) {
            terminal.say("Two tenants with " + settings.users() + " users each (seed " + settings.seed()
                    + ": -Ddemo.seed=" + settings.seed() + " writes the same again)");
            writer.populate(settings.users());
            SyncConfig config = stage.config();
            Installation.install(config, terminal::say);
            Arrivals arrivals = new Arrivals();
            SyncRuntime runtime = SyncRuntime.start(config, arrivals);
            try (runtime) {
                awaitFirstCopies(stage, arrivals, config.mappings().size());
                DemoReport report = changeAndVerify(stage, writer, config, arrivals);
                terminal.say("");
                report.table().forEach(terminal::say);
                terminal.say("");
                new WhereToLook(stage).lines(settings.keep()).forEach(terminal::say);
                terminal.say(report.verdict());
                if (settings.keep() && report.verified()) {
                    stayUntilCtrlC(runtime, stage);
                }
                return report.verified();
            }
        }
    }

    private static void stayUntilCtrlC(SyncRuntime runtime, DemoStage stage) throws InterruptedException {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            runtime.close();
                            try {
                                stage.close();
                            } catch (SQLException serversAreGone) {
                                // Ctrl-C also ends the build, which stops them. The next demo drops what is left.
                            }
                        },
                        "demo-end"));
        new CountDownLatch(1).await();
    }

    private void awaitFirstCopies(DemoStage stage, Arrivals arrivals, int mappings) {
        long copies = (long) stage.tenants().size() * mappings;
        Eventually.await("the first copy of every tenant")
                .atMost(LIMIT)
                .pollEvery(Duration.ofMillis(50))
                .until(() -> {
                    terminal.show("first copy: " + counts(stage, arrivals));
                    return arrivals.copiesDone() >= copies;
                });
        terminal.say("First copy done: " + counts(stage, arrivals));
    }

    private DemoReport changeAndVerify(DemoStage stage, DirectoryWriter writer, SyncConfig config, Arrivals arrivals)
            throws SQLException, InterruptedException {
        terminal.say("Changing users and their emails for " + settings.seconds() + " s, " + settings.rate()
                + " transactions a second");
        LagMeter meter = new LagMeter();
        long start = System.nanoTime();
        long end = start + Duration.ofSeconds(settings.seconds()).toNanos();
        long shown = start;
        long changes = 0;
        Beat beat = Beat.perSecond(settings.rate());
        while (System.nanoTime() - end < 0) {
            beat.await();
            WrittenTransaction written = writer.runOnce();
            meter.written(written);
            changes += written.committed() ? written.changes().size() : 0;
            if (System.nanoTime() - shown > Duration.ofMillis(100).toNanos()) {
                shown = System.nanoTime();
                terminal.show(String.format(
                        Locale.ROOT,
                        "%4.1f s  %,d changes  %s",
                        (shown - start) / 1e9,
                        changes,
                        counts(stage, arrivals)));
            }
        }
        awaitCaughtUp(stage, writer.signUpEverywhere());
        Duration writing = Duration.ofNanos(System.nanoTime() - start);
        terminal.say(String.format(Locale.ROOT, "%,d changes made and arrived: %s", changes, counts(stage, arrivals)));
        terminal.show("comparing every row");
        List<Verified> verified = Verification.of(config);
        List<DemoReport.Line> lines = new ArrayList<>();
        for (DemoTenant tenant : stage.tenants()) {
            lines.add(new DemoReport.Line(
                    verified.stream()
                            .filter(v -> v.tenant().equals(tenant.id()))
                            .findFirst()
                            .orElseThrow(),
                    tenant.database(),
                    arrivals.applied(tenant.id()),
                    meter.lags(tenant)));
        }
        return new DemoReport(lines, writing);
    }

    /** The last sign-ups have arrived, and with them everything before them. */
    private void awaitCaughtUp(DemoStage stage, List<WrittenTransaction> last) {
        terminal.show("catching up");
        for (WrittenTransaction signUp : last) {
            DemoTenant tenant = stage.tenants().stream()
                    .filter(t -> t.id().equals(signUp.tenant()))
                    .findFirst()
                    .orElseThrow();
            SyncProbe probe = SyncProbe.between(stage.sourceUrl(), tenant.url()).atMost(LIMIT);
            signUp.changes().forEach(change -> {
                boolean user = change.table() == Table.USER;
                SyncProbe.Scope scope = new SyncProbe.Scope(
                        user ? "users" : "contact_channels", user ? "project_user" : "contact_channel", tenant.id());
                probe.waitUntilCaughtUp(new SyncProbe.Fence(scope, change.id().toString(), -1));
            });
        }
    }

    private static String counts(DemoStage stage, Arrivals arrivals) {
        return String.join(
                "   ",
                stage.tenants().stream()
                        .map(tenant -> String.format(
                                Locale.ROOT,
                                "%s %,d copied + %,d changed",
                                tenant.id(),
                                arrivals.copied(tenant.id()),
                                arrivals.applied(tenant.id())))
                        .toList());
    }
}
