package dev.tideline.directory;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.tideline.directory.fixture.TestTenant.body;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import dev.tideline.directory.fixture.RunningDirectory;
import dev.tideline.directory.fixture.RunningDirectory.Running;
import dev.tideline.directory.fixture.TestTenant;
import dev.tideline.directory.fixture.Visitor;
import dev.tideline.testkit.Mailbox;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What somebody new sees and does in a browser, without a mouse. */
@ExtendWith(RunningDirectory.class)
@ResourceLock("chromium")
class NewcomerPagesTest {

    private static final String CODE_SUBJECT = "Verify your email address";

    private static String link(String page, TestTenant tenant) {
        return "/pages/" + page + ".html?tenant=" + tenant.id() + "&key="
                + tenant.client().headers().get("X-Api-Key");
    }

    @Test
    void aNewcomerSignsUpWaitsIsLetInAndTypesTheMailedCode(TestTenant tenant, Running directory) {
        tenant.requireEmailVerification(true);
        tenant.set("sign_up_mode", "waitlist");
        Mailbox inbox = directory.mailbox();
        try (Visitor visitor = Visitor.at(directory.url())) {
            visitor.opens(link("sign-up", tenant)).inspects("sign-up");
            visitor.tabsTo(visitor.page().getByLabel("Name")).types("Ada");
            visitor.presses("Tab").types(inbox.address()).presses("Tab").types("correct horse");
            visitor.presses("Enter").reads("You are on the waitlist, at position 1.");
            visitor.inspects("onboarding-waitlisted");

            tenant.admin().post("/internal/waitlist/approve", body("next", 1)).expect(200);

            visitor.reads("We need to know that " + inbox.address() + " is yours.")
                    .readsStatus("A code is on its way to " + inbox.address());
            visitor.inspects("onboarding-code");
            String code = inbox.waitForMessagesWithSubject(CODE_SUBJECT).get(0).code();
            visitor.tabsTo(visitor.page().getByLabel("Code from the mail"))
                    .types("000000")
                    .presses("Enter");
            visitor.readsError("The code is wrong").inspects("onboarding-wrong-code");
            visitor.presses("Control+A").types(code).presses("Enter").reads("You're in, Ada.");
            visitor.inspects("onboarding-in");
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void whoGaveTheWrongAddressGivesAnother(TestTenant tenant, Running directory) {
        tenant.requireEmailVerification(true);
        Mailbox inbox = directory.mailbox();
        try (Visitor visitor = Visitor.at(directory.url())) {
            visitor.opens(link("sign-up", tenant)).tabsTo(visitor.page().getByLabel("Email"));
            visitor.types(tenant.address("typo"))
                    .presses("Tab")
                    .types("correct horse")
                    .presses("Enter");
            visitor.reads("We need to know that " + tenant.address("typo") + " is yours.")
                    .readsStatus("A code is on its way to " + tenant.address("typo"));
            visitor.tabsTo(visitor.page()
                            .getByRole(
                                    AriaRole.BUTTON,
                                    new com.microsoft.playwright.Page.GetByRoleOptions()
                                            .setName("Use another address")))
                    .presses("Enter");
            visitor.inspects("onboarding-address");
            visitor.presses("Control+A").types(inbox.address()).presses("Enter");
            visitor.readsStatus("A code is on its way to " + inbox.address());
            visitor.types(inbox.waitForMessagesWithSubject(CODE_SUBJECT).get(0).code())
                    .presses("Enter")
                    .reads("You're in, typo.");
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void whatIsWrongIsSaidBesideTheFieldThatHasTheFocus(TestTenant tenant, Running directory) {
        tenant.signUp(tenant.address("ada"));
        try (Visitor visitor = Visitor.at(directory.url())) {
            var email = visitor.opens(link("sign-up", tenant)).page().getByLabel("Email");
            visitor.tabsTo(email).types(tenant.address("ada")).presses("Tab").types("correct horse");
            visitor.presses("Enter").readsError("Somebody signs in with this address already.");
            assertThat(email).isFocused();
            visitor.inspects("sign-up-taken");
            visitor.tabsTo(visitor.page().getByText("I have signed up already")).presses("Enter");
            visitor.page().waitForURL("**/sign-in.html");
            visitor.inspects("sign-in");
            visitor.tabsTo(email).types(tenant.address("ada")).presses("Tab").types("wrong horse");
            visitor.presses("Enter").readsError("Nobody signs in with this email address and this password");
            visitor.tabsTo(visitor.page().getByLabel("Password"))
                    .presses("Control+A")
                    .types("correct horse");
            visitor.presses("Enter").reads("You're in, ada.");
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void aLinkThatLacksTheTenantAndAServerThatIsAwayAreExplained(TestTenant tenant, Running directory) {
        try (Visitor visitor = Visitor.at(directory.url())) {
            visitor.opens("/pages/sign-up.html")
                    .readsError("This link is incomplete")
                    .inspects("incomplete");
            visitor.opens(link("sign-in", tenant)).page().route("**/auth/**", route -> route.abort());
            visitor.tabsTo(visitor.page().getByLabel("Email")).types(tenant.address("ada"));
            visitor.presses("Tab").types("correct horse").presses("Enter");
            visitor.readsError("Directory does not answer. Check your connection, and try again.");
            visitor.opens("/").reads("Tideline keeps each tenant").inspects("home");
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void whoHasEnoughOfMailUnsubscribesWithOneKey(TestTenant tenant, Running directory) {
        Mailbox inbox = directory.mailbox();
        UUID ada = tenant.user("Ada", inbox.address());
        tenant.sendMail("user_ids", List.of(ada), "notification_category_name", "Marketing")
                .expect(200);
        String link = inbox.waitForMessagesWithSubject("Hello")
                .get(0)
                .link("/emails/unsubscribe")
                .toString();
        try (Visitor visitor = Visitor.at(directory.url())) {
            visitor.opens(link).inspects("unsubscribe");
            visitor.presses("Tab", "Enter").reads("You are unsubscribed").inspects("unsubscribed");
            visitor.opens(link.replace("token=", "token=x"))
                    .reads("This link is broken")
                    .inspects("broken-link");
            assertThat(visitor.complaints()).isEmpty();
        }
    }
}
