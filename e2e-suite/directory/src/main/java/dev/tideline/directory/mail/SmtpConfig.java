package dev.tideline.directory.mail;

import java.time.Duration;

/**
 * Where mail goes.
 *
 * @param from the sender of all mail, {@code Directory <directory@example.com>}
 * @param firstRetry the pause after a first attempt in vain; each further one is four times as long
 * @param lease how long a worker may take for one mail before it is believed dead; longer than what the mail server may
 *     take, which is {@link #TIMEOUT} for each of its answers
 * @param workers how many send at once
 */
public record SmtpConfig(String host, int port, String from, Duration firstRetry, Duration lease, int workers) {

    static final Duration TIMEOUT = Duration.ofSeconds(20);

    public static SmtpConfig of(String host, int port) {
        return new SmtpConfig(
                host, port, "Directory <directory@tideline.example>", Duration.ofSeconds(5), Duration.ofMinutes(3), 2);
    }

    public SmtpConfig withFirstRetry(Duration pause) {
        return new SmtpConfig(host, port, from, pause, lease, workers);
    }

    public SmtpConfig withLease(Duration time) {
        return new SmtpConfig(host, port, from, firstRetry, time, workers);
    }

    public SmtpConfig withWorkers(int number) {
        return new SmtpConfig(host, port, from, firstRetry, lease, number);
    }
}
