package dev.tideline.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Requests the addresses of a mail: targets of links, pictures and style sheets in the HTML, and addresses in the plain text.
 * Requests go only to hosts of this machine, and those that the test allows. Immutable.
 *
 * <p>It sends HEAD, and GET if the answer to HEAD is an error. Many frameworks handle HEAD like GET, so a link that works
 * only once may be used up: check it last, or leave it out.
 *
 * <pre>{@code
 * LinkCheck.of(mail).leavingOut("/unsubscribe").expectNoneBroken();
 * }</pre>
 */
public final class LinkCheck {
    private static final int MOST_REDIRECTS = 10;

    private final MailMessage mail;
    private final Predicate<URI> allowed;
    private final Predicate<String> leftOut;
    private final Duration timeout;

    private LinkCheck(MailMessage mail, Predicate<URI> allowed, Predicate<String> leftOut, Duration timeout) {
        this.mail = Objects.requireNonNull(mail, "mail");
        this.allowed = allowed;
        this.leftOut = leftOut;
        this.timeout = timeout;
    }

    /** The check of one mail, fetched with its body: at hosts of this machine, with ten seconds for each address. */
    public static LinkCheck of(MailMessage mail) {
        return new LinkCheck(mail, LinkCheck::isLocal, address -> false, Duration.ofSeconds(10));
    }

    /** Requests addresses of another host, too. */
    public LinkCheck allowing(String host) {
        return new LinkCheck(
                mail, allowed.or(address -> IDN.toASCII(host).equalsIgnoreCase(address.getHost())), leftOut, timeout);
    }

    /** Skips addresses that contain this text. */
    public LinkCheck leavingOut(String part) {
        return new LinkCheck(mail, allowed, leftOut.or(address -> address.contains(part)), timeout);
    }

    /** Sets the limit for each answer, above zero. */
    public LinkCheck within(Duration limit) {
        if (limit.isZero() || limit.isNegative()) {
            throw new IllegalArgumentException("No server answers within " + limit + ": give a limit above zero");
        }
        return new LinkCheck(mail, allowed, leftOut, WaitSettings.bounded(limit));
    }

    /**
     * Broken addresses: with a status from 400 on, without an answer, invalid, or naming a place that the mail does not
     * have. Addresses of other hosts are not checked. Each page is requested once, however many links lead to it.
     *
     * @return address and reason in one line, in the order of the mail
     * @throws IllegalStateException if the mail was fetched without its body
     */
    public List<String> broken() {
        List<String> broken = new ArrayList<>();
        Map<URI, Optional<String>> asked = new HashMap<>();
        for (String address : mail.addresses()) {
            if (!leftOut.test(address)) {
                problem(address, asked).ifPresent(problem -> broken.add(address + ": " + problem));
            }
        }
        return List.copyOf(broken);
    }

    /**
     * Fails if an address is broken.
     *
     * @throws AssertionError with all broken ones
     * @throws IllegalStateException if the mail was fetched without its body
     */
    public void expectNoneBroken() {
        List<String> broken = broken();
        if (!broken.isEmpty()) {
            throw new AssertionError("The mail \"" + mail.subject() + "\" has "
                    + (broken.size() == 1 ? "a broken link:" : broken.size() + " broken links:") + "\n  "
                    + String.join("\n  ", broken));
        }
    }

    private Optional<String> problem(String address, Map<URI, Optional<String>> asked) {
        if (address.startsWith("#")) {
            return Optional.of("the mail has no place of this name");
        }
        URI uri;
        try {
            uri = uri(address);
        } catch (URISyntaxException e) {
            return Optional.of("this is not an address (" + e.getReason() + ")");
        }
        if (uri.getScheme() == null) {
            return Optional.of("it is relative, but a mail has no base address");
        }
        if (uri.getScheme().equalsIgnoreCase("file")) {
            return Optional.of("it is a file of the machine that sent the mail");
        }
        if (!isWeb(uri)) {
            return Optional.empty();
        }
        return uri.getRawAuthority() == null
                ? Optional.of("it names no host")
                : asked.computeIfAbsent(uri, this::problem);
    }

    private Optional<String> problem(URI uri) {
        URI asked = uri;
        try {
            for (int redirects = 0; isWeb(asked) && asked.getHost() != null && allowed.test(asked); redirects++) {
                HttpResponse<?> answer = ask(asked);
                Optional<String> location = answer.headers().firstValue("Location");
                if (answer.statusCode() / 100 != 3 || location.isEmpty()) {
                    return answer.statusCode() < 400
                            ? Optional.empty()
                            : Optional.of("status " + answer.statusCode() + (redirects == 0 ? "" : " from " + asked));
                }
                if (redirects == MOST_REDIRECTS) {
                    return Optional.of("more than " + MOST_REDIRECTS + " redirects, the last one to " + location.get());
                }
                try {
                    asked = asked.resolve(uri(location.get()));
                } catch (URISyntaxException e) {
                    return Optional.of(
                            "it redirects to " + location.get() + ", which is not an address (" + e.getReason() + ")");
                }
            }
            return Optional.empty();
        } catch (HttpTimeoutException e) {
            return Optional.of("no answer within " + Shown.duration(timeout));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of("no answer (" + e + ")");
        }
    }

    private HttpResponse<?> ask(URI uri) throws IOException {
        HttpResponse<?> answer = ask("HEAD", uri);
        return answer.statusCode() < 400 ? answer : ask("GET", uri);
    }

    /** The body is not read: it may be endless. */
    private HttpResponse<?> ask(String method, URI uri) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(timeout)
                .build();
        try {
            HttpResponse<InputStream> answer = JsonServer.HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
            answer.body().close();
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking for " + uri, e);
        }
    }

    /** As a browser takes it: blanks are encoded, a host may have letters beyond ASCII, and a server sees no fragment. */
    private static URI uri(String address) throws URISyntaxException {
        URI uri = new URI(
                address.replaceAll("[\\t\\r\\n]", "").replace(" ", "%20").replaceFirst("(?<=.)#.*", ""));
        String authority = uri.getRawAuthority();
        if (uri.getHost() != null || authority == null || authority.matches("\\p{ASCII}*")) {
            return uri;
        }
        try {
            return new URI(uri.toString().replaceFirst(Pattern.quote(authority), IDN.toASCII(authority)));
        } catch (IllegalArgumentException e) {
            throw new URISyntaxException(address, "its host is no name");
        }
    }

    private static boolean isWeb(URI uri) {
        return "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
    }

    private static boolean isLocal(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.equals("[::1]")
                || host.matches("127\\.\\d+\\.\\d+\\.\\d+");
    }
}
