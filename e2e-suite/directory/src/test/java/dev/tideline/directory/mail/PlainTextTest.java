package dev.tideline.directory.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTextTest {

    @Test
    void blocksBecomeLinesAndLinksKeepTheirAddress() {
        assertThat(PlainText.of("<p>Your code is</p><p><strong>123456</strong></p>Line<br>break<ul><li>a<li>b</ul>"))
                .isEqualTo("Your code is\n123456\nLine\nbreak\na\nb");
        assertThat(PlainText.of("<a href=\"https://example.com/?a=1&amp;b=2\">Open</a> it"))
                .isEqualTo("Open (https://example.com/?a=1&b=2) it");
        assertThat(PlainText.of("1 &lt; 2 &amp; 3")).isEqualTo("1 < 2 & 3");
    }
}
