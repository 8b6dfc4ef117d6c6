package dev.tideline.demo;

import java.util.ArrayList;
import java.util.List;

/** What can be seen, and where. */
record WhereToLook(DemoStage stage) {

    /**
     * @param kept whether it stays up
     */
    List<String> lines(boolean kept) {
        String pages = stage.directory().url() + "/pages/";
        List<String> lines = new ArrayList<>();
        lines.add(
                kept
                        ? "People go on signing up until you press Ctrl-C. Look for yourself:"
                        : "With -Ddemo.keep=true all of it stays up:");
        lines.add(line("dashboard", stage.directory().dashboard().orElseThrow()));
        lines.add(line("mailbox", stage.settings().mail().api().toString()));
        lines.add(line("traces", stage.settings().traces().toString()));
        lines.add(line("Directory", stage.directory().url()));
        for (DemoTenant tenant : stage.tenants()) {
            lines.add("");
            lines.add("  " + tenant.id() + (tenant.hasWaitlist() ? ", with a waitlist:" : ", open to everybody:"));
            lines.add(line(
                    "  sign up",
                    pages + "sign-up.html?tenant=" + tenant.id() + "&key="
                            + tenant.client().key()));
            if (tenant.hasWaitlist()) {
                lines.add(line("  waitlist", pages + "waitlist.html" + asAdmin(tenant)));
            }
            lines.add(line("  outbox", pages + "outbox.html" + asAdmin(tenant)));
            lines.add(line("  database", "psql " + tenant.url()));
        }
        lines.add("");
        lines.add(line("source", "psql " + stage.sourceUrl()));
        lines.add(line("configuration", stage.configFile().toString()));
        lines.add("");
        return lines;
    }

    /** The key is after the #, so that it is not sent. */
    private static String asAdmin(DemoTenant tenant) {
        return "?tenant=" + tenant.id() + "#admin_key=" + tenant.admin().key();
    }

    private static String line(String name, String value) {
        return String.format("  %-13s  %s", name, value);
    }
}
