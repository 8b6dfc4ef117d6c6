package dev.tideline.directory.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    @Test
    void pausesGrowAndEndAfterTheFifthAttempt() {
        RetryPolicy retry = new RetryPolicy(Duration.ofSeconds(5));
        assertThat(retry.pauseAfter(1)).contains(Duration.ofSeconds(5));
        assertThat(retry.pauseAfter(2)).contains(Duration.ofSeconds(20));
        assertThat(retry.pauseAfter(4)).contains(Duration.ofSeconds(320));
        assertThat(retry.pauseAfter(5)).isEmpty();
    }
}
