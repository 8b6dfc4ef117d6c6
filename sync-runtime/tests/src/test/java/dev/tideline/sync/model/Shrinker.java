package dev.tideline.sync.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a failing history short, by delta debugging: leaves out ever smaller parts for as long as it still fails. */
final class Shrinker {

    private Shrinker() {}

    /** @param fails plays a history, if need be several times, and says whether it failed */
    static History shrink(History failing, Predicate<History> fails) {
        List<Step> steps = failing.steps();
        int parts = 2;
        while (steps.size() > 1) {
            int size = (steps.size() + parts - 1) / parts;
            List<Step> shorter = null;
            for (int from = 0; from < steps.size() && shorter == null; from += size) {
                List<Step> rest = new ArrayList<>(steps.subList(0, from));
                rest.addAll(steps.subList(Math.min(from + size, steps.size()), steps.size()));
                if (fails.test(failing.with(rest))) {
                    shorter = rest;
                }
            }
            if (shorter != null) {
                steps = shorter;
                parts = Math.max(2, parts - 1);
            } else if (parts >= steps.size()) {
                break;
            } else {
                parts = Math.min(steps.size(), parts * 2);
            }
        }
        return failing.with(steps);
    }
}
