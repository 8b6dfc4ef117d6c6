package dev.tideline.devservices.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that a build leaves, read by those for whom they are. */
class ExportsTest {

    private static final Map<String, String> HARD = new LinkedHashMap<>();

    static {
        HARD.put("tideline.port.admin-ui", "8141");
        HARD.put(
                "tideline.postgres.jdbcUrl",
                "jdbc:postgresql://127.0.0.1:8128/postgres?user=postgres&password=postgres");
        HARD.put("tideline.postgres.log", "/home/me/my work/it's \"here\"/$HOME `id` \\ !*.log");
        HARD.put("tideline.postgres.dataDirectory", " /home/jürgen/雪/data");
        HARD.put("tideline.mail.version", "");
    }

    @TempDir
    Path folder;

    @BeforeEach
    void write() {
        new Exports(HARD).writeTo(folder.resolve("with a blank"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "dash", "sh"})
    void a_shell_sources_ports_env(String shell) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin", shell)), shell + " is not installed");
        Path read = folder.resolve("read");
        // The dot is what POSIX has; each value is exported, so that a program sees it.
        List<String> command = new ArrayList<>(List.of(shell, "-euc", ". \"$0\" && exec env -0 > \"$1\""));
        command.add(folder.resolve("with a blank/ports.env").toString());
        command.add(read.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();

        assertThat(Files.readString(read).split("\0"))
                .contains(
                        "TIDELINE_PORT_ADMIN_UI=8141",
                        "TIDELINE_POSTGRES_JDBC_URL=" + HARD.get("tideline.postgres.jdbcUrl"),
                        "TIDELINE_POSTGRES_LOG=" + HARD.get("tideline.postgres.log"),
                        "TIDELINE_POSTGRES_DATA_DIRECTORY=" + HARD.get("tideline.postgres.dataDirectory"),
                        "TIDELINE_MAIL_VERSION=");
    }

    /** What direnv does with {@code source_env}: bash, strict, and the difference of the environment. */
    @Test
    void every_line_of_ports_env_is_an_export_of_its_own() throws Exception {
        assertThat(Files.readAllLines(folder.resolve("with a blank/ports.env")))
                .hasSize(HARD.size())
                .allMatch(line -> line.matches("export TIDELINE_[A-Z0-9_]+=.*"));
    }

    @Test
    void java_reads_ports_properties_from_a_stream_and_from_a_reader() throws Exception {
        Path file = folder.resolve("with a blank/ports.properties");
        Properties fromStream = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            fromStream.load(in);
        }
        Properties fromReader = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            fromReader.load(in);
        }
        assertThat(fromStream).isEqualTo(HARD);
        assertThat(fromReader).isEqualTo(HARD);
    }
}
