package dev.tideline.sync.admin;

import dev.tideline.sync.Fusebox;
import dev.tideline.sync.SyncOperations;
import dev.tideline.sync.config.TenantId;
import dev.tideline.sync.status.Status;
import dev.tideline.sync.status.StatusQuery;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Pause switches. */
record FuseRoutes(SyncOperations operations) {

    private static final int CHANGES = 50;

    /** Who used a switch last; null if it was never used. */
    private record Switched(OffsetDateTime changedAt, String changedBy, String changedFrom) {}

    private record PausedTarget(
            String tenant, String name, OffsetDateTime changedAt, String changedBy, String changedFrom) {}

    /** @param changes the last uses of switches, newest first */
    private record State(
            boolean sequencerEnabled,
            boolean pollerEnabled,
            Switched sequencer,
            Switched poller,
            List<PausedTarget> pausedTargets,
            List<Fusebox.Change> changes) {}

    /** What is not named stays unchanged. @param by who wants it */
    private record Wanted(Boolean sequencerEnabled, Boolean pollerEnabled, List<WantedTarget> targets, String by) {}

    private record WantedTarget(String tenant, String name, Boolean paused) {}

    void add(RoutesConfig routes) {
        routes.get("/api/v1/fusebox", this::show);
        routes.put("/api/v1/fusebox", this::change);
    }

    private void show(Context ctx) throws SQLException {
        Status status = operations.status(new StatusQuery(null, 1, 1));
        Json.answer(
                ctx,
                new State(
                        status.sequencer().enabled(),
                        status.poller().enabled(),
                        switched(status, "sequencer"),
                        switched(status, "poller"),
                        status.fuses().stream()
                                .filter(fuse -> fuse.name().startsWith("target:"))
                                .map(FuseRoutes::target)
                                .toList(),
                        operations.fuseChanges(CHANGES)));
    }

    private static Switched switched(Status status, String name) {
        return status.fuses().stream()
                .filter(fuse -> fuse.name().equals(name))
                .findFirst()
                .map(fuse -> new Switched(fuse.changedAt(), fuse.changedBy(), fuse.changedFrom()))
                .orElse(null);
    }

    private static PausedTarget target(Status.Fuse fuse) {
        String label = fuse.name().substring("target:".length());
        int slash = label.lastIndexOf('/');
        return new PausedTarget(
                label.substring(0, Math.max(0, slash)),
                TenantId.unescaped(label.substring(slash + 1)),
                fuse.changedAt(),
                fuse.changedBy(),
                fuse.changedFrom());
    }

    private void change(Context ctx) throws SQLException {
        Wanted wanted = Json.body(ctx, Wanted.class);
        List<WantedTarget> targets = Optional.ofNullable(wanted.targets()).orElse(List.of());
        if (wanted.sequencerEnabled() == null && wanted.pollerEnabled() == null && targets.isEmpty()) {
            throw new ProblemException(
                    400, "The request switches nothing.", "Name sequencer_enabled, poller_enabled or targets.");
        }
        if (targets.stream().anyMatch(t -> t == null || t.tenant() == null || t.name() == null || t.paused() == null)) {
            throw new ProblemException(400, "A target is not named in full.", "Each needs tenant, name and paused.");
        }
        for (WantedTarget target : targets) { // all of them first, so that either everything is switched or nothing
            if (!operations.hasTarget(target.tenant(), target.name())) {
                throw new ProblemException(
                        404,
                        "There is no such external database.",
                        "Tenant " + target.tenant() + " has no enabled one named " + target.name() + ".");
            }
        }
        Fusebox.Actor actor = Actors.of(ctx, wanted.by());
        for (WantedTarget target : targets) {
            operations.switchTarget(target.tenant(), target.name(), !target.paused(), actor);
        }
        if (wanted.sequencerEnabled() != null) {
            operations.switchStage("sequencer", wanted.sequencerEnabled(), actor);
        }
        if (wanted.pollerEnabled() != null) {
            operations.switchStage("poller", wanted.pollerEnabled(), actor);
        }
        show(ctx);
    }
}
