package dev.tideline.sync.model;

import dev.tideline.sync.config.ConfigException;
import dev.tideline.sync.loop.Await;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Plays one history and checks it. Used by one thread. */
final class Player {

    private final History history;
    private final Duration limit;
    private final SourceModel model = new SourceModel();
    private final Expectation expectation = new Expectation(model);

    /** @param limit how long the external databases may take to come to what is committed */
    Player(History history, Duration limit) {
        this.history = history;
        this.limit = limit;
    }

    /**
     * Plays it to its end.
     *
     * @throws HistoryFailure if something does not hold
     */
    void play() throws Exception {
        try (Arena arena = new Arena();
                Targets targets = new Targets(arena);
                Application application = new Application(arena, History.SESSIONS, model, expectation);
                Runtimes runtimes = new Runtimes(arena, history.settings())) {
            Stage stage = new Stage(
                    application,
                    runtimes,
                    targets,
                    new Checks(model, expectation, targets, application.shapes().hidden()));
            for (Step step : history.steps()) {
                try {
                    stage.take(step);
                } catch (HistoryFailure e) {
                    throw new HistoryFailure("at " + step + ": " + e.getMessage(), e);
                } catch (SQLException | RuntimeException | AssertionError e) {
                    throw new HistoryFailure("at " + step + ": " + e, e);
                }
            }
            stage.end();
        }
    }

    private final class Stage {

        private final Application application;
        private final Runtimes runtimes;
        private final Targets targets;
        private final Checks checks;
        private boolean sequencer = true;
        private boolean poller = true;

        Stage(Application application, Runtimes runtimes, Targets targets, Checks checks) {
            this.application = application;
            this.runtimes = runtimes;
            this.targets = targets;
            this.checks = checks;
        }

        void take(Step step) throws Exception {
            Slot slot = Slot.values()[step.session()];
            int runtime = step.session() % History.RUNTIMES;
            switch (step.kind()) {
                case ADD_TARGET -> targets.add(slot);
                case REMOVE_TARGET -> targets.remove(slot);
                case DISABLE_TARGET -> targets.disable(slot);
                case CUT_TARGET -> targets.cut(slot);
                case TARGET_DOWN -> targets.down(slot);
                case TARGET_UP -> targets.up(slot);
                case START -> start(runtime);
                case STOP -> runtimes.stop(runtime);
                case KILL -> runtimes.kill(runtime);
                case SEQUENCE -> runtimes.sequence(runtime);
                case POLL -> runtimes.poll(runtime, true);
                case POLL_AND_GO_ON -> runtimes.poll(runtime, false);
                case FUSE_OFF -> fuse(step.chance() % 2 == 0, false);
                case FUSE_ON -> fuse(step.chance() % 2 == 0, true);
                case LOOK -> checks.look();
                case SETTLE -> {
                    if (runtimes.any() && sequencer && poller) {
                        settle();
                    }
                }
                case PREPARE -> {
                    if (history.settings().preparing()) {
                        application.take(step);
                    }
                }
                default -> application.take(step);
            }
        }

        private void start(int runtime) throws Exception {
            try {
                runtimes.start(runtime);
            } catch (ConfigException e) {
                if (application.shapes().hidden().isEmpty()
                        || !e.getMessage().contains("row-level security hides rows")) {
                    throw e;
                }
            }
        }

        private void fuse(boolean first, boolean enabled) throws SQLException {
            targets.fuse(first ? "sequencer" : "poller", enabled);
            if (first) {
                sequencer = enabled;
            } else {
                poller = enabled;
            }
        }

        /** Also while transactions are open: they hold up nobody's rows but their own. */
        private void settle() throws Exception {
            boolean settled = Await.until(
                    () -> {
                        runtimes.advance();
                        return checks.differences().isEmpty();
                    },
                    Duration.ofMillis(3),
                    limit);
            if (!settled) {
                throw new HistoryFailure("after " + limit.toSeconds() + " s " + checks.differences());
            }
        }

        void end() throws Exception {
            checks.look();
            application.endAll(history.seed() % 2 == 0);
            application.shapes().showAll();
            fuse(true, true);
            fuse(false, true);
            targets.allUp();
            if (!runtimes.any()) {
                runtimes.start(0);
            }
            settle();
            runtimes.close();
            // What was still in flight has come to its end, and has brought nothing back.
            List<String> late = checks.differences();
            if (!late.isEmpty()) {
                throw new HistoryFailure("after the runtimes were stopped " + late);
            }
            checks.look();
        }
    }
}
