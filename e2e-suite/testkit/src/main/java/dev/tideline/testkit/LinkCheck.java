package dev.tideline.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Requests the addresses of a mail: targets of links, pictures and style sheets in the HTML, and addresses in the plain text.
 * Only hosts of this machine are asked, and those that the test allows. Immutable.
 *
 * <p>It asks by HEAD, and by GET where a server does not take that. Many frameworks answer HEAD with the code of GET, so a
 * link that works only once may be used up: check it last, or leave it out.
 *
 * <pre>{@code
 * LinkCheck.of(mail).leavingOut("/unsubscribe").expectNoneBroken();
 * }</pre>
 */
public final class LinkCheck {
    private static final int MOST_REDIRECTS = 10;
    private static final Set<Integer> HEAD_NOT_TAKEN = Set.of(403, 404, 405, 501);

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
        return new LinkCheck(mail, allowed.or(address -> host.equalsIgnoreCase(address.getHost())), leftOut, timeout);
    }

    /** Skips addresses that contain this text. */
    public LinkCheck leavingOut(String part) {
        return new LinkCheck(mail, allowed, leftOut.or(address -> address.contains(part)), timeout);
    }

    /** Sets the limit for each answer. */
    public LinkCheck within(Duration limit) {
        return new LinkCheck(mail, allowed, leftOut, limit);
    }

    /**
     * Broken addresses: with a status from 400 on, without an answer, or invalid. Addresses of other hosts are not
     * checked.
     *
     * @return address and reason in one line, in the order of the mail
     * @throws IllegalStateException if the mail was fetched without its body
     */
    public List<String> broken() {
        List<String> broken = new ArrayList<>();
        for (String address : mail.addresses()) {
            if (!leftOut.test(address)) {
                problem(address).ifPresent(problem -> broken.add(address + ": " + problem));
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

    private Optional<String> problem(String address) {
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException e) {
            return Optional.of("this is no address (" + e.getReason() + ")");
        }
        if (uri.getScheme() == null) {
            return Optional.of("it is relative, and a mail has no place that it could be relative to");
        }
        if (!uri.getScheme().toLowerCase(Locale.ROOT).matches("https?")) {
            return Optional.empty();
        }
        return uri.getHost() == null ? Optional.of("it names no host") : problem(uri);
    }

    private Optional<String> problem(URI uri) {
        try {
            URI asked = uri;
            for (int redirects = 0; allowed.test(asked); redirects++) {
                HttpResponse<Void> answer = ask(asked);
                Optional<String> location = answer.headers().firstValue("Location");
                if (answer.statusCode() / 100 != 3 || location.isEmpty()) {
                    return answer.statusCode() < 400
                            ? Optional.empty()
                            : Optional.of("status " + answer.statusCode() + (redirects == 0 ? "" : " from " + asked));
                }
                if (redirects == MOST_REDIRECTS) {
                    return Optional.of("more than " + MOST_REDIRECTS + " redirects, the last one to " + location.get());
                }
                asked = asked.resolve(location.get());
            }
            return Optional.empty();
        } catch (HttpTimeoutException e) {
            return Optional.of("no answer within " + Shown.duration(timeout));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of("no answer (" + e + ")");
        }
    }

    private HttpResponse<Void> ask(URI uri) throws IOException {
        HttpResponse<Void> answer = ask("HEAD", uri);
        return HEAD_NOT_TAKEN.contains(answer.statusCode()) ? ask("GET", uri) : answer;
    }

    private HttpResponse<Void> ask(String method, URI uri) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(timeout)
                .build();
        try {
            return JsonServer.HTTP.send(request, HttpResponse.BodyHandlers.discarding());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking for " + uri, e);
        }
    }

    private static boolean isLocal(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.equals("[::1]")
                || host.matches("127\\.\\d+\\.\\d+\\.\\d+");
    }
}
