package dev.tideline.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tideline.directory.client.DirectoryClient;
import dev.tideline.testkit.MailMessage;
import dev.tideline.testkit.MailServer;
import dev.tideline.testkit.Mailbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;

/** The people who sign up while the demo runs, and what their tenants do with them. Safe for use by many threads. */
final class People {

    private static final String CHANNELS = "/users/me/contact-channels";
    private static final List<String> FIRST_NAMES =
            List.of("Ada", "Barbara", "Claude", "Dennis", "Edsger", "Frances", "Grace", "Hedy", "Ida", "John", "Ken");
    private static final List<String> LAST_NAMES =
            List.of("Allen", "Backus", "Codd", "Dijkstra", "Hopper", "Kay", "Lamarr", "Liskov", "Ritchie", "Shannon");
    private static final List<String> COLOURS = List.of("Amber", "Blue", "Crimson", "Green", "Indigo", "Silver");
    private static final List<String> THINGS = List.of("Anchors", "Lanterns", "Sails");

    /** This many stay on the waitlist, to be looked at. */
    private static final int STILL_WAITING = 2;

    /** For a mail, on a busy machine. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private static final int LET_IN_AT_ONCE = 2;

    private record Person(String name, String id, DemoTenant tenant, Mailbox mailbox) {}

    private record Team(DemoTenant tenant, String id, String thing) {}

    private final List<DemoTenant> tenants;
    private final MailServer mail;
    private final OkHttpClient http = new OkHttpClient();
    private final List<Team> teams = new ArrayList<>();
    private final ConcurrentLinkedQueue<Person> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger signedUp = new AtomicInteger();
    private final AtomicInteger verified = new AtomicInteger();
    private final AtomicInteger letIn = new AtomicInteger();
    private final AtomicInteger renamed = new AtomicInteger();

    People(List<DemoTenant> tenants, MailServer mail) {
        this.tenants = tenants;
        this.mail = mail;
    }

    /** Before the demo begins: users of each tenant, and its teams with an invitation each. */
    void populate(int users) {
        for (DemoTenant tenant : tenants) {
            for (int i = 0; i < users; i++) {
                String name = name(i);
                String address = name.toLowerCase(Locale.ROOT).replace(' ', '.') + i + "@" + tenant.id() + ".example";
                tenant.serverSide()
                        .call(
                                "POST",
                                "/users",
                                Map.of("display_name", name, "primary_email", address, "primary_email_verified", true));
            }
            for (String thing : THINGS) {
                JsonNode team = tenant.serverSide().call("POST", "/teams", Map.of("display_name", thing));
                teams.add(new Team(tenant, team.get("id").asText(), thing));
                tenant.serverSide()
                        .call(
                                "POST",
                                "/teams/" + team.get("id").asText() + "/invitations",
                                Map.of("email", Mailbox.create(mail, "guest").address()));
            }
        }
    }

    /** Somebody signs up and enters the code from the mail. Without a waitlist they are in. */
    String signUp() {
        int number = signedUp.getAndIncrement();
        DemoTenant tenant = tenants.get(number % tenants.size());
        String name = name(number / tenants.size());
        Mailbox mailbox = Mailbox.create(mail, name.substring(0, name.indexOf(' ')));
        Map<String, Object> who = new HashMap<>(
                Map.of("email", mailbox.address(), "password", "correct horse battery", "display_name", name));
        DirectoryClient client = tenant.signUp(http, who);
        String channel = CHANNELS + "/"
                + client.call("GET", CHANNELS, null).at("/items/0/id").asText();
        client.call("POST", channel + "/send-verification-code", null);
        String code = mail(mailbox, "Verify your email address").code();
        client.call("POST", channel + "/verify", Map.of("code", code));
        verified.incrementAndGet();
        Person person = new Person(name, client.me().get("id").asText(), tenant, mailbox);
        if (tenant.hasWaitlist()) {
            waiting.add(person);
            return name + " signed up at " + tenant.id() + " and is on the waitlist";
        }
        joinATeam(person);
        return name + " signed up at " + tenant.id();
    }

    /** Lets in a few of those who have waited longest, who are told by mail; nobody while only few wait. */
    void shortenTheWaitlist() {
        List<Person> next = new ArrayList<>();
        synchronized (waiting) {
            if (waiting.size() >= STILL_WAITING + LET_IN_AT_ONCE) {
                for (int i = 0; i < LET_IN_AT_ONCE; i++) {
                    next.add(waiting.remove());
                }
            }
        }
        if (next.isEmpty()) {
            return;
        }
        // By id, and not the next few: a user of the demo may be on the list, too, and wait to be let in by hand.
        DemoTenant tenant = next.get(0).tenant();
        tenant.admin()
                .call(
                        "POST",
                        "/internal/waitlist/approve",
                        Map.of("user_ids", next.stream().map(Person::id).toList()));
        for (Person person : next) {
            mail(person.mailbox(), "You're in");
            letIn.incrementAndGet();
            joinATeam(person);
        }
    }

    /** Whether everything that the demo promises has happened. */
    boolean haveShownEverything() {
        return letIn.get() > 0;
    }

    private void joinATeam(Person person) {
        List<Team> own = teams.stream()
                .filter(team -> team.tenant().equals(person.tenant()))
                .toList();
        Team team = own.get(verified.get() % own.size());
        KeyCaller server = person.tenant().serverSide();
        server.call("PUT", "/teams/" + team.id() + "/members/" + person.id(), null);
        server.call(
                "POST",
                "/emails/send-email",
                Map.of(
                        "user_ids",
                        List.of(person.id()),
                        "subject",
                        "Welcome aboard",
                        "html",
                        "<p>Hello " + person.name() + ", your team is expecting you.</p>",
                        "notification_category_name",
                        "Marketing"));
    }

    /** Renames one team after another; open invitations to it follow. */
    void renameATeam() {
        int number = renamed.getAndIncrement();
        Team team = teams.get(number % teams.size());
        String name = COLOURS.get(number / teams.size() % COLOURS.size()) + " " + team.thing();
        team.tenant().serverSide().call("PATCH", "/teams/" + team.id(), Map.of("display_name", name));
    }

    private static MailMessage mail(Mailbox mailbox, String subject) {
        return mailbox.waitForMessagesWithSubject(subject, 1, LONGEST_WAIT).get(0);
    }

    private static String name(int number) {
        return FIRST_NAMES.get(number % FIRST_NAMES.size()) + " " + LAST_NAMES.get(number % LAST_NAMES.size());
    }

    @Override
    public String toString() {
        return String.format(
                "%d signed up, %d let in from the waitlist, %d teams renamed",
                verified.get(), letIn.get(), renamed.get());
    }
}
