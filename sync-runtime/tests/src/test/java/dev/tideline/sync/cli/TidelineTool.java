package dev.tideline.sync.cli;

import dev.tideline.sync.SyncScenario;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line, run in this process with a scenario's configuration as its file. */
record TidelineTool(Path folder) {

    /** What a command ended with; the file is called {@code tideline.yaml} in it. */
    record Outcome(int code, String out, String err) {}

    Outcome run(SyncScenario scenario, String... arguments) {
        return run(scenario.yaml(), arguments);
    }

    Outcome run(String yaml, String... arguments) {
        Path file = folder.resolve("tideline.yaml");
        try {
            Files.writeString(file, yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", file.toString(), "--log-level", "error"));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Tideline.run(new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
        return new Outcome(code, plain(out), plain(err));
    }

    private String plain(StringWriter text) {
        return text.toString().replace(folder + "/", "").replace(System.lineSeparator(), "\n");
    }
}
