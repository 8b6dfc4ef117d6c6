package dev.tideline.devservices.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.devservices.lifecycle.DevServices;
import dev.tideline.devservices.lifecycle.RecordingProgress;
import dev.tideline.devservices.lifecycle.TestWorkspace;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.ports.PrefixRegistry;
import dev.tideline.ports.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {

    @Test
    void a_service_that_is_stopped_or_restarted_on_purpose_has_not_died(@TempDir Path folder) throws Exception {
        int prefix = PrefixRegistry.at(folder.resolve("state")).claim(Workspace.at(folder));
        TestWorkspace here = new TestWorkspace(folder.toRealPath(), prefix);
        RecordingProgress progress = new RecordingProgress();
        List<ServiceRecord> started = here.start(progress, "one", "mail");
        DevServices services = here.services(progress);
        CompletableFuture<String> over = CompletableFuture.supplyAsync(new Watch(started, services)::untilOver);

        services.restart("mail", Duration.ofSeconds(60));
        services.pause("mail");
        assertThat(services.absence(started.get(0))).isEqualTo("it was stopped on the launchpad");
        services.restart("mail", Duration.ofSeconds(60));
        assertThat(services.isPaused("mail")).isFalse();
        services.stop();

        assertThat(over.get(60, TimeUnit.SECONDS)).isEqualTo("mail was stopped by somebody else.");
    }
}
