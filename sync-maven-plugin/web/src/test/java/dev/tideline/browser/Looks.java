package dev.tideline.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;

/** What every page must bear: narrow and wide windows, light and dark. */
public final class Looks {

    private static final int[] WIDTHS = {320, 480, 800, 1280, 1920};

    /** Text of less contrast with what is behind it than WCAG's AA asks for; colours as they are really painted. */
    private static final String PALE = """
            (() => {
              const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
              const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
                .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
                .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
              const paint = colours => {
                canvas.fillStyle = matchMedia('(prefers-color-scheme: dark)').matches ? '#121212' : '#fff';
                canvas.fillRect(0, 0, 1, 1);
                for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
                return light(canvas.getImageData(0, 0, 1, 1).data);
              };
              const pale = [];
              const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (words.nextNode()) {
                const element = words.currentNode.parentElement;
                if (!words.currentNode.data.trim() || !element.checkVisibility()) continue;
                if (getComputedStyle(element).clipPath !== 'none' || element.closest('svg, script, style, .unseen, .hidden')) continue;
                const behind = [];
                for (let e = element; e; e = e.parentElement) behind.unshift(getComputedStyle(e).backgroundColor);
                const [a, b] = [paint(behind), paint([...behind, getComputedStyle(element).color])].sort((x, y) => y - x);
                const contrast = (a + 0.05) / (b + 0.05);
                if (contrast < 4.5) pale.push(contrast.toFixed(2) + ' ' + words.currentNode.data.trim().slice(0, 40));
              }
              return [...new Set(pale)].join('; ');
            })()
            """;

    private static final String OVERFLOWING = """
            document.documentElement.scrollWidth > document.documentElement.clientWidth
              ? [...document.body.querySelectorAll('*')]
                  .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
                  .map(e => e.tagName + '.' + e.className).slice(0, 5).join(', ') || 'something'
              : ''
            """;

    private Looks() {}

    /** Checks a page in all of them, and keeps pictures of it under {@code target/pictures}. */
    public static void assertGood(Tab tab, String name) throws IOException {
        tab.evaluate(Axe.SCRIPT + ";''");
        for (String scheme : new String[] {"light", "dark"}) {
            for (int width : WIDTHS) {
                tab.look(width, 900, scheme);
                String where = name + ", " + width + " px, " + scheme;
                assertThat(tab.evaluate(OVERFLOWING).asText())
                        .as("wider than the window: " + where)
                        .isEmpty();
                assertThat(tab.evaluate(PALE).asText())
                        .as("hard to read: " + where)
                        .isEmpty();
                assertThat(tab.evaluate(Axe.FINDINGS).asText())
                        .as("axe-core: " + where)
                        .isEmpty();
                tab.picture(Path.of("target", "pictures", name + "-" + width + "-" + scheme + ".png"));
            }
        }
    }
}
