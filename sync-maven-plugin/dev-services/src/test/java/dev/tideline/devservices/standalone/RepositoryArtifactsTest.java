package dev.tideline.devservices.standalone;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RepositoryArtifactsTest {

    /** Of a user without a home, who can stop and look all the same. */
    private static final Supplier<Path> NONE = () -> {
        throw new IllegalArgumentException("there is no home");
    };

    @Test
    void the_local_repository_is_looked_for_when_something_is_needed_of_it() {
        RepositoryArtifacts artifacts = new RepositoryArtifacts(NONE, "http://127.0.0.1:1", true);

        assertThatThrownBy(() -> artifacts.jar("a", "b", "1")).hasMessage("there is no home");
        assertThatThrownBy(() -> artifacts.classPath("b")).hasMessage("there is no home");
    }
}
