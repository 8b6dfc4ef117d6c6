package dev.tideline.sync.model;

import dev.tideline.sync.model.Step.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A history: the same for the same seed, whatever the machine does. Immutable.
 *
 * @param seed what it was made from
 */
record History(long seed, Settings settings, List<Step> steps) {

    static final int SESSIONS = 4;
    static final int RUNTIMES = 2;

    History {
        steps = List.copyOf(steps);
    }

    /** The history of a seed. Each one leaves some kinds of steps out, so that others get their turn. */
    static History of(long seed) {
        Random random = new Random(seed);
        Settings settings = new Settings(
                random.nextInt(5) > 1,
                1 + random.nextInt(6),
                1 + random.nextInt(8),
                1 + random.nextInt(4),
                random.nextInt(3) == 0);
        List<Kind> kinds = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            int weight = weight(kind, settings);
            if (random.nextInt(4) > 0
                    || kind == Kind.PUT
                    || kind == Kind.COMMIT
                    || kind == Kind.SEQUENCE
                    || kind == Kind.POLL) {
                for (int i = 0; i < weight; i++) {
                    kinds.add(kind);
                }
            }
        }
        int length = 10 + random.nextInt(random.nextInt(3) == 0 ? 120 : 40);
        List<Step> steps = new ArrayList<>();
        for (Slot slot : Slot.values()) {
            if (random.nextInt(3) > 0) {
                steps.add(new Step(Kind.ADD_TARGET, slot.ordinal(), 0, 0, 0));
            }
        }
        if (random.nextInt(3) > 0) {
            steps.add(random.nextInt(steps.size() + 1), new Step(Kind.START, 0, 0, 0, 0));
        }
        for (int i = 0; i < length; i++) {
            steps.add(new Step(
                    kinds.get(random.nextInt(kinds.size())),
                    random.nextInt(SESSIONS),
                    random.nextInt(ModelTable.values().length),
                    random.nextInt(64),
                    random.nextInt(10_000)));
        }
        return new History(seed, settings, steps);
    }

    private static int weight(Kind kind, Settings settings) {
        return switch (kind) {
            case PUT -> 24;
            case BEGIN, COMMIT -> 10;
            case DELETE, REKEY -> 8;
            case BUMP, RECREATE, SAVEPOINT, ROLLBACK_TO_SAVEPOINT, COPY -> 4;
            case ROLLBACK, TOUCH, BUMP_ALL, ADD_TARGET, LOOK -> 3;
            case SWAP, WRITE_UNSEEN, WRITE_RENAMED, REWRITE, ADD_AND_DROP_COLUMN -> 1;
            case RENAME_LABEL, DETACH_OR_ATTACH, SHOW_ROWS -> 2;
            case ADD_LABEL, HIDE_ROWS -> 1;
            case PREPARE, END_PREPARED -> settings.preparing() ? 6 : 0;
            case TRUNCATE, START, KILL, STOP, REMOVE_TARGET, DISABLE_TARGET, SETTLE, CUT_TARGET -> 2;
            case TARGET_DOWN, TARGET_UP, FUSE_OFF, FUSE_ON -> 1;
            case SEQUENCE, POLL -> settings.stepped() ? 14 : 0;
            case POLL_AND_GO_ON -> settings.stepped() ? 5 : 0;
        };
    }

    /** The same with other steps. */
    History with(List<Step> others) {
        return new History(seed, settings, others);
    }
}
