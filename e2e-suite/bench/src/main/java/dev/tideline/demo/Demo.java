package dev.tideline.demo;

import dev.tideline.demo.loop.Beat;
import dev.tideline.directory.telemetry.Traces;
import dev.tideline.e2e.Verification;
import dev.tideline.e2e.Verification.Verified;
import dev.tideline.testkit.Eventually;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Directory with two tenants: people sign up by mail, and each tenant's external database follows. */
public final class Demo {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration PROGRESS = Duration.ofMillis(250);
    private static final Duration SLOW_PACE = Duration.ofSeconds(3);
    private static final int AT_ONCE = 3;

    private final DemoSettings settings;
    private final Terminal terminal;

    Demo(DemoSettings settings, Terminal terminal) {
        this.settings = settings;
        this.terminal = terminal;
    }

    /** Exit code 0 if every row arrived, else 1. Settings are system properties {@code demo.*}. */
    public static void main(String[] arguments) {
        endWithMaven();
        int code;
        try {
            DemoSettings settings = DemoSettings.of(System.getProperties(), Terminal.isThere());
            settings.otlp().ifPresent(Traces::start);
            code = new Demo(settings, new Terminal(System.out, settings.interactive())).run() ? 0 : 1;
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            code = 2;
        } catch (Exception | Error e) {
            System.err.println("The demo failed: " + e.getMessage());
            e.printStackTrace();
            code = 1;
        }
        System.exit(code);
    }

    /** A killed Maven leaves its children running, and this one would continue to sign people up. */
    private static void endWithMaven() {
        ProcessHandle.current().parent().ifPresent(maven -> maven.onExit().thenRun(() -> System.exit(1)));
    }

    /**
     * @return whether everything was verified
     */
    boolean run() throws SQLException, InterruptedException, ExecutionException {
        try (DemoStage stage = DemoStage.set(settings)) {
            terminal.say("Directory runs with Tideline in it. Two tenants begin with " + settings.users()
                    + " users each; acme is open, and globex has a waitlist.");
            terminal.show("making users");
            People people = new People(stage.tenants(), settings.mail());
            people.populate(settings.users());
            awaitFirstCopies(stage);
            LagMeter meter = LagMeter.start(settings);
            letPeopleSignUp(stage, people);
            DemoReport report = verify(stage, meter);
            terminal.say("");
            report.table().forEach(terminal::say);
            terminal.say("");
            new WhereToLook(stage).lines(settings.keep()).forEach(terminal::say);
            terminal.say(report.verdict());
            if (settings.keep() && report.verified()) {
                goOn(stage, people);
            }
            return report.verified();
        }
    }

    private void awaitFirstCopies(DemoStage stage) throws SQLException {
        int mappings = stage.config().mappings().size();
        stage.tenants().forEach(DemoTenant::connectDatabase);
        for (DemoTenant tenant : stage.tenants()) {
            terminal.show("first copy of " + tenant.id());
            Eventually.await("the first copy of " + tenant.id())
                    .atMost(LIMIT)
                    .pollEvery(Duration.ofMillis(50))
                    .until(() -> tenant.isCopied(mappings));
        }
        terminal.say("Each tenant has connected its external database. First copy done: " + rows(stage));
    }

    private void letPeopleSignUp(DemoStage stage, People people)
            throws SQLException, InterruptedException, ExecutionException {
        terminal.say("For " + settings.seconds() + " s, people sign up and type the codes that they are mailed, globex"
                + " lets some of those in who wait, and teams are renamed.");
        long start = System.nanoTime();
        long end = start + Duration.ofSeconds(settings.seconds()).toNanos();
        ExecutorService crowd = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<?>> all = new ArrayList<>();
            IntStream.range(0, AT_ONCE)
                    .forEach(i -> all.add(crowd.submit(() -> {
                        while (System.nanoTime() - end < 0 || !people.haveShownEverything()) {
                            people.signUp();
                            people.shortenTheWaitlist();
                        }
                    })));
            Beat beat = Beat.every(PROGRESS);
            while (!all.stream().allMatch(Future::isDone)) {
                beat.await();
                people.renameATeam();
                terminal.show(String.format(
                        Locale.ROOT, "%4.1f s  %s  %s", (System.nanoTime() - start) / 1e9, people, rows(stage)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            crowd.shutdownNow();
        }
        terminal.say(people + ". In the external databases: " + rows(stage));
    }

    private DemoReport verify(DemoStage stage, LagMeter meter) throws SQLException, InterruptedException {
        terminal.show("comparing every row");
        List<Verified> verified = Verification.of(stage.config());
        List<DemoReport.Line> lines = new ArrayList<>();
        for (DemoTenant tenant : stage.tenants()) {
            lines.add(new DemoReport.Line(
                    verified.stream()
                            .filter(v -> v.tenant().equals(tenant.id()))
                            .findFirst()
                            .orElseThrow(),
                    tenant.database(),
                    meter.of(tenant)));
        }
        return new DemoReport(lines);
    }

    /** Until the process is interrupted. A user may stop a server: the demo survives that. */
    private void goOn(DemoStage stage, People people) throws InterruptedException {
        Beat beat = Beat.every(SLOW_PACE);
        while (true) {
            beat.await();
            try {
                terminal.show(people.signUp() + " (" + people + ")");
                people.shortenTheWaitlist();
                people.renameATeam();
            } catch (RuntimeException | AssertionError e) {
                if (!stage.isClosed()) {
                    terminal.show("Nobody can sign up now: " + e.getMessage());
                }
            }
        }
    }

    private static String rows(DemoStage stage) throws SQLException {
        List<String> rows = new ArrayList<>();
        for (DemoTenant tenant : stage.tenants()) {
            rows.add(String.format(Locale.ROOT, "%s %,d rows", tenant.id(), tenant.rows()));
        }
        return String.join(", ", rows);
    }
}
