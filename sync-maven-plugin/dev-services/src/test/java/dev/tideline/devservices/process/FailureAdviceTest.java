package dev.tideline.devservices.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FailureAdviceTest {

    private static final Path DATA = Path.of("/work/data");

    @Test
    void follows_what_the_system_said() {
        assertThat(FailureAdvice.on(new FileSystemException("/work/data/x", null, "No space left on device"), DATA))
                .isEqualTo("Make room on the disk of /work/data.");
        assertThat(FailureAdvice.on(new FileSystemException("/work/data/x", null, "Read-only file system"), DATA))
                .isEqualTo("The file system of /work/data is mounted read-only: use another folder.");
        assertThat(FailureAdvice.on(new AccessDeniedException("/work/data/x"), DATA))
                .isEqualTo("Let this user write to /work/data.");
    }

    @Test
    void does_not_take_shared_memory_for_the_disk() {
        assertThat(FailureAdvice.on(
                        "FATAL:  could not resize shared memory segment \"/PostgreSQL.1\": No space left on device",
                        DATA))
                .isEqualTo("Make room in /dev/shm; `df /dev/shm` shows it.");
    }

    @Test
    void guesses_nothing() {
        assertThat(FailureAdvice.on("initdb: error: invalid value for option --wal-segsize", DATA))
                .isEqualTo("`mvn sync:doctor` looks at every folder that services use.");
    }
}
