package dev.tideline.ports;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnMarksTest {
    private static final Optional<Path> NOWHERE = Optional.empty();

    @Test
    void the_mark_in_the_environment_comes_first() {
        assertThat(OwnMarks.workspace(
                        List.of("PATH=/bin", "TIDELINE_WORKSPACE=/home/me/a b"),
                        Optional.of(Path.of("/home/me/c/.tideline/data")),
                        List.of("-D", "/home/me/d/.tideline/data")))
                .contains(Path.of("/home/me/a b"));
    }

    @Test
    void then_the_working_directory_then_an_argument() {
        assertThat(OwnMarks.workspace(
                        List.of("TIDELINE_WORKSPACE="),
                        Optional.of(Path.of("/home/me/c/.tideline")),
                        List.of("/home/me/d/.tideline/data")))
                .contains(Path.of("/home/me/c"));
        assertThat(OwnMarks.workspace(List.of(), NOWHERE, List.of("java", "--data=/home/me/d/.tideline/data")))
                .contains(Path.of("/home/me/d"));
    }

    @Test
    void other_processes_are_not_ours() {
        assertThat(OwnMarks.workspace(
                        List.of("TIDELINE_WORKSPACE=relative"),
                        Optional.of(Path.of("/home/me/.tidelines/data")),
                        List.of("x/.tideline/data", "/.tideline/data", "-x=.tideline/")))
                .isEmpty();
    }
}
