package dev.tideline.demo;

import java.util.ArrayList;
import java.util.List;

/** How to look at the demo's databases oneself. */
final class WhereToLook {

    private final DemoStage stage;

    WhereToLook(DemoStage stage) {
        this.stage = stage;
    }

    /** @param kept whether they stay up */
    List<String> lines(boolean kept) {
        List<String> lines = new ArrayList<>();
        lines.add(kept ? "All of it stays up until Ctrl-C. Look for yourself:" : "With -Ddemo.keep=true it stays up:");
        lines.add("  source         psql " + stage.sourceUrl());
        stage.tenants().forEach(tenant -> lines.add(String.format("  %-13s  psql %s", tenant.id(), tenant.url())));
        lines.add("  configuration  " + stage.configFile());
        lines.add("");
        return lines;
    }
}
