package dev.tideline.collector;

import static dev.tideline.collector.SampleTelemetry.START;
import static dev.tideline.collector.SampleTelemetry.TRACE;
import static dev.tideline.collector.SampleTelemetry.attribute;
import static dev.tideline.collector.SampleTelemetry.hex;
import static dev.tideline.collector.SampleTelemetry.span;
import static dev.tideline.collector.SampleTelemetry.traces;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tideline.browser.Chromium;
import dev.tideline.browser.Looks;
import dev.tideline.browser.Tab;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The collector's pages, as a person meets them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock("chromium")
class PagesInBrowserTest {

    private static final long MILLI = 1_000_000;

    private Chromium chromium;
    private Collector collector;
    private CollectorClient client;

    @BeforeAll
    void start() throws Exception {
        chromium = Chromium.start();
        collector = Collector.start(CollectorConfig.DEFAULT);
        client = new CollectorClient(collector);
        send(
                "shop",
                between(span(TRACE, "00000000000000a1", "checkout"), 0, 400),
                between(span(TRACE, "00000000000000a2", "reserve"), 100, 200).setParentSpanId(hex("00000000000000a1")));
        send(
                "bank",
                between(span(TRACE, "00000000000000a3", "charge card"), 200, 400)
                        .setParentSpanId(hex("00000000000000a1"))
                        .setStatus(Status.newBuilder()
                                .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                                .setMessage("declined")));
    }

    @AfterAll
    void stop() throws Exception {
        if (collector != null) {
            collector.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void the_waterfall_draws_each_span_where_and_as_long_as_it_was() {
        Tab tab = chromium.open(collector.pageUrl() + "/traces/" + TRACE);

        assertBar(tab, "00000000000000a1", 0, 1);
        assertBar(tab, "00000000000000a2", 0.25, 0.25);
        assertBar(tab, "00000000000000a3", 0.5, 0.5);
        assertThat(tab.evaluate("[...document.querySelectorAll('.span b')].map(b => b.innerText).join()")
                        .asText())
                .isEqualTo("checkout,reserve,charge card");
        assertThat(tab.evaluate("[...document.querySelectorAll('.span .what')].map(w => parseFloat(getComputedStyle(w)"
                                + ".paddingLeft)).every((indent, i, all) => i === 0 || indent > all[0])")
                        .asBoolean())
                .as("children are indented")
                .isTrue();
        assertThat(tab.text("[id='00000000000000a3']  .tag.bad")).isEqualTo("error");

        tab.evaluate("document.querySelector(\"[id='00000000000000a3'] summary\").focus()");
        tab.press("Enter");
        tab.await("the span is open", "document.querySelector(\"[id='00000000000000a3']\").open");
        assertThat(tab.text("[id='00000000000000a3'] .inside")).contains("error: declined");
        assertThat(tab.troubles()).isEmpty();
    }

    @Test
    void traces_are_found_by_form_and_link() {
        Tab tab = chromium.open(collector.pageUrl());
        tab.evaluate("document.querySelector('[name=name_contains]').value = 'charge';"
                + " document.querySelector('form.search').requestSubmit()");
        tab.await(
                "the search is answered",
                "location.search.includes('name_contains=charge')"
                        + " && document.querySelector('.traces td a')?.innerText === 'checkout'");
        tab.evaluate("document.querySelector('.traces td a').click()");
        tab.await(
                "the trace is open",
                "location.pathname === '/traces/" + TRACE + "' && document.querySelector('.span') !== null");
    }

    @Test
    void what_arrives_is_shown_without_a_reload() {
        Tab tab = chromium.open(collector.pageUrl() + "/?name_contains=late");
        tab.evaluate("window.untouched = true");
        tab.await("it is live", "document.getElementById('live').innerText.trim() === 'live'");
        assertThat(tab.evaluate("document.querySelectorAll('.traces tbody tr').length")
                        .asInt())
                .isZero();

        send("shop", between(span("4bf92f3577b34da6a3ce929d0e0e4736", "00000000000000b1", "late arrival"), 0, 5));

        tab.await("it is shown", "document.querySelector('.traces td a')?.innerText === 'late arrival'");
        assertThat(tab.evaluate("window.untouched").asBoolean()).isTrue();
    }

    @Test
    void a_row_is_one_link_and_the_slowest_come_first_where_asked() {
        Tab tab = chromium.open(collector.pageUrl() + "/?name_contains=checkout");
        tab.evaluate("[...document.querySelectorAll('th a')].find(a => a.innerText === 'Duration').click()");
        tab.await(
                "they are sorted, and the search is kept",
                "location.search === '?name_contains=checkout&sort=duration'"
                        + " && document.querySelector('th[aria-sort]')?.innerText.startsWith('Duration')");
        tab.await(
                "the far corner of a row is its link",
                "(() => { const row = document.querySelector('.traces tbody tr'); row?.scrollIntoView();"
                        + " const box = row?.getBoundingClientRect();"
                        + " return box && document.elementFromPoint(box.right - 8, box.bottom - 8)?.tagName === 'A'; })()");
    }

    @Test
    void a_trace_is_found_by_its_id_and_its_spans_fold() {
        Tab tab = chromium.open(collector.pageUrl() + "/?trace_id=" + TRACE);
        assertThat(tab.evaluate("document.querySelectorAll('.traces tbody tr').length")
                        .asInt())
                .isEqualTo(1);
        tab.go(collector.pageUrl() + "/traces/" + TRACE);
        String seen = "[...document.querySelectorAll('.row')].filter(row => row.checkVisibility()).length";
        tab.await("it can be folded", "document.querySelector('.fold').checkVisibility()");
        assertThat(tab.evaluate(seen).asInt()).isEqualTo(3);
        tab.evaluate("document.querySelector('.fold').focus()");
        tab.press("Enter");
        tab.await("the others are folded away", seen + " === 1");
        assertThat(tab.evaluate("getComputedStyle(document.querySelector('.failed .bar rect')).fill !=="
                                + " getComputedStyle(document.querySelector('.span:not(.failed) .bar rect')).fill")
                        .asBoolean())
                .as("what failed has a colour of its own")
                .isTrue();
    }

    @Test
    void times_are_written_with_their_zone() {
        Tab tab = chromium.open(collector.pageUrl() + "/traces/" + TRACE);
        tab.await(
                "they are",
                "/^2[0-9]{3}-[0-9]{2}-[0-9]{2} [0-9:]{8}[.][0-9]{3} UTC/.test(document.querySelector('.facts time').innerText)"
                        + " && / ago$/.test(document.querySelector('.facts time[data-ago]').innerText)");
    }

    @Test
    void metrics_are_written_for_people_with_a_chart_of_each_series() {
        sendMetrics();
        Tab tab = chromium.open(collector.pageUrl() + "/metrics?name_contains=memory");
        assertThat(tab.text(".metric .body")).isEqualTo("2 series");
        tab.evaluate("document.querySelector('.metric').open = true");
        assertThat(tab.evaluate(
                                "[...document.querySelectorAll('.series li')].map(s => s.innerText.replace(/\\s+/g, ' ')"
                                        + " + ' ' + s.querySelectorAll('polyline').length).join()")
                        .asText())
                .isEqualTo("pool=eden 3 MiB 1 MiB to 3 MiB 1,pool=old 6 MiB 2 MiB to 6 MiB 1");
        tab.evaluate("window.untouched = true");
        sendMetrics();
        tab.await("what came is shown", "document.querySelectorAll('.series li polyline')[0].points.length > 3");
        assertThat(tab.evaluate("window.untouched && document.querySelector('.metric').open")
                        .asBoolean())
                .as("it stays unfolded")
                .isTrue();
    }

    private void sendMetrics() {
        for (int export = 1; export <= 3; export++) {
            Gauge.Builder gauge = Gauge.newBuilder();
            for (String pool : List.of("eden", "old")) {
                gauge.addDataPoints(NumberDataPoint.newBuilder()
                        .setTimeUnixNano(START + export * 1000 * MILLI)
                        .setAsInt((pool.equals("old") ? 2L : 1L) * export * 1024 * 1024)
                        .addAttributes(attribute("pool", pool)));
            }
            Metric.Builder memory =
                    Metric.newBuilder().setName("jvm.memory.used").setUnit("By").setGauge(gauge);
            assertThat(client.post("/v1/metrics", CollectorClient.PROTOBUF, SampleTelemetry.metrics("shop", memory))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void they_are_readable_narrow_and_wide_light_and_dark() throws Exception {
        sendMetrics();
        Looks.assertGood(chromium.open(collector.pageUrl()), "traces");
        Looks.assertGood(chromium.open(collector.pageUrl() + "/traces/" + TRACE), "trace");
        Looks.assertGood(chromium.open(collector.pageUrl() + "/logs"), "logs");
        Tab metrics = chromium.open(collector.pageUrl() + "/metrics");
        metrics.evaluate("document.querySelector('.metric').open = true");
        Looks.assertGood(metrics, "metrics");
    }

    /** As shares of the waterfall's width, as it is painted. */
    private static void assertBar(Tab tab, String span, double from, double width) {
        JsonNode painted = tab.evaluate("(() => { const s = document.querySelector(\"[id='" + span + "'] svg.bar\");"
                + " const box = s.getBoundingClientRect(), bar = s.querySelector('rect').getBoundingClientRect();"
                + " return [(bar.left - box.left) / box.width, bar.width / box.width]; })()");
        assertThat(painted.get(0).asDouble()).as("where %s begins", span).isCloseTo(from, within(0.01));
        assertThat(painted.get(1).asDouble()).as("how long %s is", span).isCloseTo(width, within(0.01));
    }

    private static Span.Builder between(Span.Builder span, long fromMillis, long toMillis) {
        return span.setStartTimeUnixNano(START + fromMillis * MILLI).setEndTimeUnixNano(START + toMillis * MILLI);
    }

    private void send(String service, Span.Builder... spans) {
        assertThat(client.post("/v1/traces", CollectorClient.PROTOBUF, traces(service, spans))
                        .statusCode())
                .isEqualTo(200);
    }
}
