package dev.tideline.testkit;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tideline.collector.Collector;
import dev.tideline.collector.CollectorConfig;
import dev.tideline.testkit.fixture.OtlpExporter;
import dev.tideline.testkit.time.ManualTime;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against Tideline's own collector, over OTLP and HTTP; and against servers that have a bad day. */
class TraceProbeTest {
    private static final SpanQuery CHARGE = SpanQuery.named("charge card").service("shop");
    private static final String TRACE = "5b8efff798038103d269b633813fc60c";

    private Collector collector;
    private TraceProbe traces;
    private OtlpExporter shop;

    @BeforeEach
    void start() {
        collector = Collector.start(CollectorConfig.DEFAULT);
        traces = TraceProbe.at(URI.create(collector.pageUrl()));
        shop = new OtlpExporter(collector.otlpUrl());
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void a_span_that_is_there_is_returned_whole() {
        shop.export("shop", "00000000000000a1", "charge card", "card");

        assertThat(traces.waitForSpan(CHARGE.attribute("payment.method", "card")
                        .attribute("amount", 42)
                        .kind("client")
                        .status("unset")
                        .inTrace(TRACE)
                        .nameContains("Charge")
                        .atLeast(ofMillis(250))))
                .isEqualTo(new TraceSpan(
                        TRACE,
                        "00000000000000a1",
                        Optional.empty(),
                        "charge card",
                        "shop",
                        "client",
                        "unset",
                        "",
                        Instant.parse("2026-11-22T10:00:00Z"),
                        Duration.ofMillis(250),
                        Map.of("payment.method", "card", "amount", 42L),
                        Map.of("service.name", "shop")))
                .hasToString("shop 'charge card' (client, unset, 250 ms)");
    }

    @Test
    void spans_that_come_later_end_the_wait() {
        CompletableFuture<List<TraceSpan>> waiting =
                CompletableFuture.supplyAsync(() -> traces.waitForSpans(CHARGE, 2, ofSeconds(50)));
        shop.export("shop", "00000000000000a1", "charge card", "card");
        shop.export("bank", "00000000000000a2", "charge card", "card");
        shop.export("shop", "00000000000000a3", "charge card", "card");

        assertThat(waiting.join())
                .extracting(TraceSpan::spanId)
                .containsExactly("00000000000000a1", "00000000000000a3");
    }

    @Test
    void old_spans_do_not_count() {
        shop.export("shop", "00000000000000a1", "charge card", "card");
        TraceProbe later = traces.sinceNow();

        later.expectNoSpan(CHARGE, ofMillis(600));
        assertThat(later.fetchSpans(CHARGE)).isEmpty();
        assertThat(traces.fetchSpans(CHARGE)).hasSize(1);
        shop.export("shop", "00000000000000a2", "charge card", "card");
        assertThat(later.waitForSpan(CHARGE).spanId()).isEqualTo("00000000000000a2");
    }

    @Test
    void a_span_that_does_not_come_names_those_that_came_close_and_in_what_they_differ() {
        shop.export("shop", "00000000000000a1", "charge-card", "card");
        shop.export("bank", "00000000000000a2", "charge card", "invoice");

        assertThatThrownBy(() -> traces.on(new ManualTime())
                        .waitForSpans(CHARGE.attribute("payment.method", "card"), 1, ofSeconds(0)))
                .isInstanceOf(NotInTimeError.class)
                .hasMessage("""
                    span name=charge card, service=shop, attribute=payment.method=card: not within 0 ms
                      expected:        1 span with name=charge card, service=shop, attribute=payment.method=card
                      last value:      <[]>
                      waited:          0 ms, 1 attempt
                      near misses:     spans that did come:
                        shop 'charge-card': name is charge-card, not charge card
                        bank 'charge card': service is bank, not shop; attribute is payment.method=invoice, not payment.method=card\
                    """);
    }

    @Test
    void a_collector_that_got_nothing_asks_about_the_exporter() {
        assertThatThrownBy(() -> traces.on(new ManualTime()).waitForSpans(CHARGE, 2, ofSeconds(0)))
                .hasMessage("""
                    span name=charge card, service=shop: not within 0 ms
                      expected:        2 spans with name=charge card, service=shop
                      last value:      <[]>
                      waited:          0 ms, 1 attempt
                      near misses:     spans that did come:
                        0 of 2 spans (name=charge card, service=shop) arrived within 0 ms. The collector has received no spans at all: does the exporter send OTLP over HTTP to %s, and has it been flushed?\
                    """.formatted(collector.otlpUrl()));
    }

    @Test
    void an_unwanted_span_fails_the_watch() {
        shop.export("shop", "00000000000000a1", "charge card", "card");

        assertThatThrownBy(() -> traces.on(new ManualTime()).expectNoSpan(CHARGE, ofSeconds(10)))
                .hasMessage("""
                    no span name=charge card, service=shop: did not hold throughout 10 s
                      expected:        no span with name=charge card, service=shop
                      last value:      <[shop 'charge card' (client, unset, 250 ms)]>
                      waited:          0 ms, 1 attempt\
                    """);
    }

    @Test
    void a_collector_that_refuses_is_quoted() {
        assertThatThrownBy(() -> traces.fetchSpans(SpanQuery.any().kind("clent")))
                .isInstanceOf(CollectorException.class)
                .hasMessage("The collector answered GET " + collector.pageUrl()
                        + "/api/v1/spans?limit=1000&after=0&kind=clent with status 400:"
                        + " {\"title\":\"Bad request\",\"status\":400,\"detail\":\"kind=clent must be one of"
                        + " unspecified, internal, server, client, producer, consumer\"}");
    }

    @Test
    void a_collector_that_is_none_is_quoted() throws Exception {
        try (MockWebServer other = new MockWebServer()) {
            other.start();
            TraceProbe probe = TraceProbe.at(URI.create("http://127.0.0.1:" + other.getPort() + "/"));
            String url = "http://127.0.0.1:" + other.getPort() + "/api/v1/spans?limit=1000&after=0";
            other.enqueue(
                    new MockResponse.Builder().body("<html>It works!</html>").build());
            assertThatThrownBy(() -> probe.fetchSpans(SpanQuery.any()))
                    .hasMessage("GET " + url + " should give JSON and gave: <html>It works!</html>");
            other.enqueue(new MockResponse.Builder().body("{}").build());
            assertThatThrownBy(() -> probe.fetchSpans(SpanQuery.any()))
                    .hasMessage("GET " + url + " should give a JSON object with an array 'spans' and gave: {}");
            other.enqueue(new MockResponse.Builder().body("{\"spans\":[{}]}").build());
            assertThatThrownBy(() -> probe.fetchSpans(SpanQuery.any()))
                    .hasMessage("The collector lists a span without an id: {}");
            other.enqueue(new MockResponse.Builder()
                    .body("{\"spans\":[{\"span_id\":\"1\",\"start\":\"noon\"}]}")
                    .build());
            assertThatThrownBy(() -> probe.fetchSpans(SpanQuery.any()))
                    .hasMessage("The collector gives a span the start 'noon'");
        }
    }

    @Test
    void a_collector_that_is_not_there_is_said_to_be_missing() {
        String url = collector.pageUrl();
        collector.close();

        assertThatThrownBy(() -> traces.fetchSpans(SpanQuery.any()))
                .hasMessage("No collector answers GET " + url + "/api/v1/spans?limit=1000&after=0");
    }

    @Test
    void a_watch_over_a_collector_that_is_not_there_proves_nothing() {
        String url = collector.pageUrl();
        collector.close();

        assertThatThrownBy(() -> traces.on(new ManualTime()).expectNoSpan(CHARGE, ofMillis(10)))
                .hasMessage("""
                    no span name=charge card, service=shop: unknown for the whole of 10 ms, because a check failed
                      expected:        no span with name=charge card, service=shop
                      last value:      none, no attempt gave one
                      waited:          10 ms, 2 attempts, 2 of them with an exception
                      first exception: after 0 ms (attempt 1): dev.tideline.testkit.CollectorException: No collector answers GET %s/api/v1/spans/wait?count=1&timeout=0ms&after=0&name=charge%%20card&service=shop
                      last exception:  after 10 ms (attempt 2): the same\
                    """.formatted(url));
    }

    @Test
    void an_interrupt_ends_a_fetch_and_is_kept() {
        Thread.currentThread().interrupt();
        Throwable failure = catchThrowable(() -> traces.fetchSpans(CHARGE));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure).isInstanceOf(CollectorException.class).hasMessage("Interrupted while asking the collector");
    }

    @Test
    void refuses_what_makes_no_sense() {
        assertThatThrownBy(() -> SpanQuery.named(" ")).hasMessage("The criterion name must not be blank");
        assertThatThrownBy(() -> traces.waitForSpans(CHARGE, 0, ofSeconds(1)))
                .hasMessage("Waiting for 0 spans makes no sense: 1 to 1000 can be awaited");
        assertThat(SpanQuery.any()).hasToString("any");
    }
}
