package dev.tideline.devservices.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.devservices.service.ServiceCatalogue;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.ports.PortPrefix;
import dev.tideline.ports.PortTable;
import dev.tideline.ports.Workspace;
import dev.tideline.ports.WorkspacePorts;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class DoctorTest {

    @TempDir
    Path folder;

    private final RecordingProgress progress = new RecordingProgress();
    private TestWorkspace workspace;

    @BeforeEach
    void make_a_workspace() throws Exception {
        workspace = TestWorkspace.at(Files.createDirectories(folder.resolve("my work")));
    }

    @AfterEach
    void stop_everything() {
        workspace.services(progress).stop();
    }

    @Test
    void finds_nothing_wrong_with_a_workspace_where_nothing_runs() {
        Doctor.Report report = examine(workspace.state(), Optional.of("no Docker engine answers at X"));

        assertThat(report.findings()).filteredOn(finding -> !finding.healthy()).isEmpty();
        assertThat(report.findings())
                .extracting(Doctor.Finding::text)
                .contains(
                        "workspace " + workspace.root() + ", prefix " + workspace.prefix() + " from the test",
                        "docker is not chosen by provider auto: no Docker engine answers at X",
                        "ports of services that do not run are free");
    }

    @Test
    void says_that_docker_could_run_the_services() {
        assertThat(examine(workspace.state(), Optional.empty()).findings())
                .contains(
                        new Doctor.Finding(true, "docker can run all services: an engine answers and has all images"));
    }

    @Test
    void names_who_holds_a_port() throws Exception {
        int port = workspace.prefix() * 100 + 28;
        try (ServerSocket holder = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(examine(workspace.state(), Optional.empty()).findings())
                    .filteredOn(finding -> !finding.healthy())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.text())
                            .contains("postgres needs port " + holder.getLocalPort() + ", which is taken by "));
        }
    }

    @Test
    void tells_of_a_service_that_has_died_and_what_to_do() {
        ServiceRecord record = workspace.start(progress, "one", "collector").get(0);
        ProcessHandle process = ProcessHandle.of(record.handle().getAsLong()).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();

        assertThat(examine(workspace.state(), Optional.empty()).findings())
                .contains(new Doctor.Finding(
                        false,
                        "collector: its process is gone. See `mvn sync:logs -Dservice=collector`; `mvn sync:start`"
                                + " replaces it."));
    }

    @Test
    void tells_of_each_folder_that_cannot_be_written() throws Exception {
        Path file = Files.writeString(folder.resolve("a file"), "");
        Path logs = Files.writeString(folder.resolve("logs"), "");
        Doctor.Report report =
                examine(new StateFolder(file.resolve("81"), folder.resolve("data"), logs), Optional.empty());

        assertThat(report.healthy()).isFalse();
        assertThat(report.findings())
                .filteredOn(finding -> !finding.healthy())
                .extracting(Doctor.Finding::text)
                .satisfiesExactly(
                        state -> assertThat(state)
                                .startsWith(
                                        "state: " + file + " cannot be written (java.nio.file.FileSystemException: ")
                                .endsWith(
                                        "Not a directory): A file that is not a folder is in the way of " + file + "."),
                        log -> assertThat(log).startsWith("logs: " + logs + " cannot be written ("));
    }

    @Test
    void looks_at_the_cache_and_the_registry_too() {
        assertThat(examine(workspace.state(), Optional.empty()).findings())
                .extracting(finding -> finding.text().replaceFirst(": .*", ""))
                .contains("state", "data", "logs", "cache", "registry of workspaces");
    }

    private Doctor.Report examine(StateFolder state, Optional<String> docker) {
        return new Doctor(
                        new WorkspacePorts(
                                Workspace.at(workspace.root()),
                                new PortPrefix(workspace.prefix(), "the test"),
                                PortTable.standard()),
                        state,
                        workspace.services(progress),
                        ServiceCatalogue.standard(),
                        () -> docker)
                .examine();
    }
}
