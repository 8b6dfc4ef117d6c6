package dev.tideline.sync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.config.ExternalDatabasesConfig.Grants;
import dev.tideline.sync.loop.Backoff;
import dev.tideline.sync.target.ExternalDatabase;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TargetHealthTest {

    private static final Duration FIRST = Duration.ofSeconds(2);

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE); // turns over, as a monotonic one may
    private final TargetHealth health =
            new TargetHealth(new Backoff(FIRST, Duration.ofMinutes(1), () -> 0.999_999), clock::get);

    private static ExternalDatabase target(String url) {
        return new ExternalDatabase("1", "main", url, Grants.NONE);
    }

    @Test
    void a_target_that_failed_is_left_alone_until_its_pause_is_over() {
        ExternalDatabase target = target("postgres://a:b@c/d");
        TargetHealth.Failure failure = health.failed(target, TargetHealth.WHOLE);
        assertThat(health.pause(target)).contains(failure.retry());
        clock.addAndGet(failure.retry().toNanos() - 1);
        assertThat(health.pause(target)).contains(Duration.ofNanos(1));
        clock.incrementAndGet();
        assertThat(health.pause(target)).isEmpty();
    }

    @Test
    void a_target_with_another_password_is_tried_at_once() {
        health.failed(target("postgres://a:old@c/d"), TargetHealth.WHOLE);
        assertThat(health.pause(target("postgres://a:new@c/d"))).isEmpty();
        assertThat(health.pause(target("postgres://a:old@c/d"))).isPresent();
    }

    @Test
    void a_mapping_that_failed_leaves_the_targets_others_alone() {
        ExternalDatabase target = target("postgres://a:b@c/d");
        health.failed(target, "users");
        assertThat(health.pause(target, "users")).isPresent();
        assertThat(health.pause(target, "teams")).isEmpty();
        assertThat(health.pause(target)).isEmpty();
        health.worked(target, "users");
        assertThat(health.pause(target, "users")).isEmpty();
    }
}
