package dev.tideline.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.directory.fixture.RunningDirectory;
import dev.tideline.directory.fixture.RunningDirectory.Running;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(RunningDirectory.class)
class PagesTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @ParameterizedTest
    @ValueSource(strings = {"sign-up", "sign-in", "onboarding", "waitlist", "outbox"})
    void aPageBringsNoScriptOfItsOwnAndEverythingThatItNamesIsServed(String page, Running directory) throws Exception {
        HttpResponse<String> response = get(directory.url() + "/pages/" + page + ".html");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy ->
                        assertThat(policy).contains("default-src 'self'").doesNotContain("unsafe"));
        Document document = Jsoup.parse(response.body(), directory.url() + "/pages/");
        for (Element script : document.select("script")) {
            assertThat(script.data()).isEmpty();
            HttpResponse<String> module = get(script.absUrl("src"));
            assertThat(module.statusCode()).isEqualTo(200);
            assertThat(module.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).contains("javascript"));
        }
        assertThat(document.select("link[rel=stylesheet]").eachAttr("href"))
                .containsExactly("/look/tideline.css", "/assets/directory.css");
        for (Element link : document.select("link")) {
            assertThat(get(link.absUrl("href")).statusCode()).isEqualTo(200);
        }
        assertThat(document.select("[style], [onclick], [onsubmit]")).isEmpty();
        assertThat(document.select("html[lang], h1, [role=alert], [role=status]"))
                .hasSize(4);
        assertThat(document.select("input"))
                .allSatisfy(input -> assertThat(input.closest("label")).isNotNull());
    }

    private static HttpResponse<String> get(String url) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
