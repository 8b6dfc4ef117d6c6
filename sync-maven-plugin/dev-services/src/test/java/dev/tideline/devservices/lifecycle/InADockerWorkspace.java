package dev.tideline.devservices.lifecycle;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A test that has a workspace of its own whose services are containers; containers and volumes are deleted. */
@ExtendWith(TestEngine.class)
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
abstract class InADockerWorkspace {

    @TempDir
    Path folder;

    final RecordingProgress progress = new RecordingProgress();
    DockerWorkspace workspace;
    Path root;

    @BeforeEach
    void make_a_workspace_with_a_blank_in_its_path() throws Exception {
        TestWorkspace usual = TestWorkspace.at(Files.createDirectories(folder.resolve("my work")));
        root = usual.root();
        workspace = new DockerWorkspace(usual, TestEngine::address);
    }

    @AfterEach
    void delete_everything() {
        workspace.services(progress).clean();
    }

    /** Names of the workspace's containers, in whatever state. */
    List<String> containers() {
        return TestEngine.client()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of("dev.tideline.workspace=" + root))
                .exec()
                .stream()
                .map(container -> container.getNames()[0])
                .toList();
    }
}
