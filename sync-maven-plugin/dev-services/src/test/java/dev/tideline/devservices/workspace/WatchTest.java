package dev.tideline.devservices.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.devservices.lifecycle.DevServices;
import dev.tideline.devservices.lifecycle.RecordingProgress;
import dev.tideline.devservices.lifecycle.ServiceStatus;
import dev.tideline.devservices.lifecycle.TestWorkspace;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {

    @Test
    void a_service_that_is_stopped_or_restarted_on_purpose_has_not_died(@TempDir Path folder) throws Exception {
        TestWorkspace here = TestWorkspace.at(folder);
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

    @Test
    void a_service_that_was_stopped_on_the_launchpad_is_started_by_the_next_start_as_the_one_it_was(
            @TempDir Path folder) throws Exception {
        TestWorkspace here = TestWorkspace.at(folder);
        RecordingProgress progress = new RecordingProgress();
        List<ServiceRecord> started = here.start(progress, "one", "mail");
        DevServices services = here.services(progress);
        CompletableFuture<String> over = CompletableFuture.supplyAsync(new Watch(started, services)::untilOver);

        services.pause("mail");
        here.start(progress, "two", "launchpad");
        assertThat(services.isPaused("mail")).as("a start of others leaves it").isTrue();
        ServiceSpec broken = TestWorkspace.spec("postgres", Map.of("work_mem", "much"));
        assertThatThrownBy(() -> services.start(
                        TestWorkspace.request("two", List.of(TestWorkspace.spec("mail", Map.of()), broken))))
                .hasMessageContaining("invalid value for parameter \"work_mem\"");
        assertThat(services.isPaused("mail")).as("a start that fails leaves it").isTrue();
        assertThat(over).isNotDone();

        ServiceRecord again = here.start(progress, "two", "mail").get(0);
        assertThat(again.token()).isEqualTo(started.get(0).token());
        assertThat(services.isPaused("mail")).isFalse();
        assertThat(services.status())
                .filteredOn(status -> status.record().service().equals("mail"))
                .singleElement()
                .satisfies(status -> assertThat(status.state()).isEqualTo(ServiceStatus.State.READY))
                .satisfies(status -> assertThat(status.users()).containsExactlyInAnyOrder("build one", "build two"));
        assertThat(over).isNotDone();

        services.stop();
        assertThat(over.get(60, TimeUnit.SECONDS)).isEqualTo("mail was stopped by somebody else.");
    }
}
