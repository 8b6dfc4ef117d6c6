package dev.tideline.devservices.lifecycle;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A test that has a workspace of its own, on a prefix of its own; whatever it starts there is stopped. */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
abstract class InAWorkspace {

    @TempDir
    Path folder;

    final RecordingProgress progress = new RecordingProgress();
    TestWorkspace workspace;

    @BeforeEach
    void make_a_workspace_with_a_blank_in_its_path() throws Exception {
        workspace = TestWorkspace.at(Files.createDirectories(folder.resolve("my work")));
    }

    @AfterEach
    void stop_everything() {
        workspace.services(progress).stop();
    }
}
