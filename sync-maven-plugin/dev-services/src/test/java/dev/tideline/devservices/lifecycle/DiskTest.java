package dev.tideline.devservices.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.provider.embedded.PostgresBinaries;
import dev.tideline.devservices.service.ServiceCatalogue;
import dev.tideline.devservices.service.ServiceSpec;
import dev.tideline.ports.PortPrefix;
import dev.tideline.ports.PortTable;
import dev.tideline.ports.Workspace;
import dev.tideline.ports.WorkspacePorts;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are full or read-only, and what is read from them. */
class DiskTest {

    private final RecordingProgress progress = new RecordingProgress();

    @TempDir
    Path folder;

    static boolean canMount() throws Exception {
        return new ProcessBuilder("unshare", "--mount", "mount", "-t", "tmpfs", "none", "/mnt")
                        .start()
                        .waitFor()
                == 0;
    }

    @Test
    @EnabledIf(value = "canMount", disabledReason = "needs the right to mount a small disk")
    void a_full_disk_is_reported_and_nothing_stays_running() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder, "size=12m")) {
            TestWorkspace workspace = TestWorkspace.at(disk.path());
            assertThatThrownBy(() -> workspace.start(progress, "one", "postgres"))
                    .isInstanceOf(DevServicesException.class)
                    .hasMessageContaining("No space left on device")
                    .hasMessageEndingWith(
                            "Make room on the disk of " + workspace.state().data() + ".");
            assertThat(workspace.services(progress).known()).isEmpty();
            assertThat(workspace.state().users()).isEmpty();
        }
    }

    @Test
    @EnabledIf(value = "canMount", disabledReason = "needs the right to mount a small disk")
    void a_read_only_disk_is_reported_before_anything_starts() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder, "size=1m,ro")) {
            TestWorkspace workspace = TestWorkspace.at(disk.path());
            assertThatThrownBy(() -> workspace.start(progress, "one", "postgres"))
                    .isInstanceOf(DevServicesException.class)
                    .hasMessageStartingWith(
                            "Cannot lock " + workspace.state().root().resolve("lock") + ": ")
                    .hasMessageContaining("Read-only file system")
                    .hasMessageEndingWith("The file system of "
                            + workspace.state().root() + " is mounted read-only: use another folder.");
        }
    }

    @Test
    @EnabledIf(value = "canMount", disabledReason = "needs the right to mount a small disk")
    void a_data_directory_on_a_read_only_disk_is_reported_and_nothing_stays() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder, "size=1m,ro")) {
            TestWorkspace workspace = TestWorkspace.at(Files.createDirectories(folder.resolve("work")));
            StateFolder usual = workspace.state();
            Path data = disk.path().resolve("data");
            DevServices services = new DevServices(
                    new WorkspacePorts(
                            Workspace.at(workspace.root()),
                            new PortPrefix(workspace.prefix(), "the test"),
                            PortTable.standard()),
                    new StateFolder(usual.root(), data, usual.logs()),
                    ServiceCatalogue.standard(),
                    TestWorkspace.embedded(),
                    progress);
            ServiceSpec spec = TestWorkspace.spec("postgres", Map.of());
            assertThatThrownBy(() -> services.start(TestWorkspace.request("one", List.of(spec))))
                    .isInstanceOf(DevServicesException.class)
                    .hasMessage("Cannot write below " + data + ": java.nio.file.FileSystemException: " + data
                            + ": Read-only file system. The file system of "
                            + data + " is mounted read-only: use another folder.");
            new Leftovers(workspace.root(), workspace.prefix()).requireNone("after the failed start");
        }
    }

    @Test
    @EnabledIf(value = "canMount", disabledReason = "needs the right to mount a small disk")
    void a_cache_that_is_read_only_or_full_is_reported_with_the_way_to_another() throws Exception {
        Path jar;
        try (Stream<Path> jars = Files.list(Path.of("target/postgres-jars"))) {
            jar = jars.filter(file -> file.toString().endsWith("-18.6.0.jar"))
                    .findFirst()
                    .orElseThrow();
        }
        try (SmallDisk disk = SmallDisk.mount(folder, "size=1m,ro")) {
            assertThatThrownBy(() -> PostgresBinaries.fromJar(jar, disk.path()))
                    .isInstanceOf(DevServicesException.class)
                    .hasMessage("Cannot unpack the Postgres binaries " + jar + " below " + disk.path()
                            + ": java.nio.file.FileSystemException: "
                            + disk.path().resolve("postgres")
                            + ": Read-only file system. The file system of " + disk.path()
                            + " is mounted read-only: use another folder. Or set the environment variable"
                            + " TIDELINE_CACHE to another folder.");
        }
        try (SmallDisk disk = SmallDisk.mount(folder, "size=12m")) {
            assertThatThrownBy(() -> PostgresBinaries.fromJar(jar, disk.path()))
                    .isInstanceOf(DevServicesException.class)
                    .hasMessageStartingWith(
                            "Cannot unpack the Postgres binaries " + jar + " below " + disk.path() + ": ")
                    .hasMessageContaining("No space left on device")
                    .hasMessageEndingWith("Make room on the disk of " + disk.path()
                            + ". Or set the environment variable TIDELINE_CACHE to another folder.");
            try (Stream<Path> left = Files.list(disk.path().resolve("postgres"))) {
                assertThat(left).noneMatch(Files::isDirectory);
            }
        }
    }

    @Test
    void scripts_of_a_folder_run_in_the_order_of_their_names_compressed_ones_too() throws Exception {
        Path scripts = Files.createDirectories(folder.resolve("sql"));
        Files.writeString(scripts.resolve("2-rows.sql"), "INSERT INTO colour VALUES ('red')");
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("CREATE TABLE colour (name text)".getBytes(StandardCharsets.UTF_8));
        }
        Files.write(scripts.resolve("1-schema.sql.gz"), packed.toByteArray());
        Files.writeString(scripts.resolve("notes.txt"), "no SQL at all");
        ServiceSpec spec =
                new ServiceSpec("postgres", "", "", Map.of(), Map.of(), List.of(), Map.of(), List.of(scripts), false);
        TestWorkspace workspace = TestWorkspace.at(Files.createDirectories(folder.resolve("work")));
        try {
            workspace.services(progress).start(TestWorkspace.request("one", List.of(spec)));
            try (Connection connection = DriverManager.getConnection(
                            "jdbc:postgresql://127.0.0.1:" + workspace.prefix() + "28/postgres",
                            "postgres",
                            "postgres");
                    Statement statement = connection.createStatement();
                    ResultSet colours = statement.executeQuery("SELECT name FROM colour")) {
                assertThat(colours.next()).isTrue();
                assertThat(colours.getString(1)).isEqualTo("red");
            }
        } finally {
            workspace.services(progress).stop();
        }
    }

    /** A disk in memory. */
    private record SmallDisk(Path path) implements AutoCloseable {

        static SmallDisk mount(Path folder, String options) throws Exception {
            Path path = Files.createDirectories(folder.resolve("disk")).toRealPath();
            run("mount", "-t", "tmpfs", "-o", options, "none", path.toString());
            return new SmallDisk(path);
        }

        @Override
        public void close() throws Exception {
            // Lazily: a server that was killed may need a moment to let go.
            run("umount", "--lazy", path.toString());
        }

        private static void run(String... command) throws Exception {
            assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                    .isZero();
        }
    }
}
