package dev.tideline.directory;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
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

/** What a tenant's administrator sees and does in a browser, without a mouse. */
@ExtendWith(RunningDirectory.class)
@ResourceLock("chromium")
class AdministratorPagesTest {

    private static String link(String page, TestTenant tenant) {
        return "/pages/" + page + ".html?tenant=" + tenant.id() + "#admin_key="
                + tenant.admin().headers().get("X-Api-Key");
    }

    private static Locator button(Visitor visitor, String name) {
        return visitor.page()
                .getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator tick(Visitor visitor, String positionAndName) {
        return visitor.page().getByLabel(positionAndName, new Page.GetByLabelOptions().setExact(true));
    }

    /** Names in the order of the list. */
    private static void waits(Visitor visitor, String... names) {
        assertThat(visitor.page().locator("td[data-label=Name]")).hasText(names);
    }

    @Test
    void thoseWhoWaitAreLetInOneByOneSeveralAtOnceAndFromTheTopOrRejected(TestTenant tenant, Running directory) {
        tenant.set("sign_up_mode", "waitlist");
        Mailbox ada = directory.mailbox();
        tenant.signUp(ada.address());
        for (String name : List.of("bob", "cleo", "dan", "eve", "fay", "gus", "hal")) {
            tenant.signUp(tenant.address(name));
        }
        String first = ada.address().substring(0, ada.address().indexOf('@'));
        try (Visitor visitor = Visitor.at(directory.url())) {
            visitor.opens(link("waitlist", tenant));
            waits(visitor, first, "bob", "cleo", "dan", "eve", "fay", "gus", "hal");
            assertThat(visitor.page().url()).doesNotContain("admin_");
            visitor.inspects("waitlist");

            visitor.tabsTo(button(visitor, "Let bob in")).presses("Enter").readsStatus("Let in: bob.");
            waits(visitor, first, "cleo", "dan", "eve", "fay", "gus", "hal");
            assertThat(button(visitor, "Let " + first + " in")).isFocused();
            visitor.presses("Enter").readsStatus("Let in: " + first);
            ada.waitForMessagesWithSubject("You're in");

            visitor.tabsTo(tick(visitor, "2, dan")).presses("Space");
            visitor.tabsTo(tick(visitor, "3, eve")).presses("Space", "Enter");
            visitor.readsStatus("Let in: dan, eve.");
            waits(visitor, "cleo", "fay", "gus", "hal");

            Locator next = visitor.page().getByLabel("Let in the next");
            next.focus();
            visitor.presses("Control+A").types("2").presses("Enter").readsStatus("Let in: cleo, fay.");
            waits(visitor, "gus", "hal");

            visitor.tabsTo(visitor.page().getByLabel("Tick all")).presses("Space");
            visitor.tabsTo(button(visitor, "Reject those who are ticked")).presses("Enter");
            visitor.readsStatus("Rejected: gus, hal.").inspects("waitlist-empty");
            assertThat(visitor.complaints()).isEmpty();
        }
        assertThat(tenant.admin().get("/internal/waitlist").expect(200).items("id"))
                .isEmpty();
    }

    @Test
    void aWrongKeyIsSaidAndTheRightOneShowsTheList(TestTenant tenant, Running directory) {
        try (Visitor visitor = Visitor.at(directory.url())) {
            visitor.opens("/pages/waitlist.html").tabsTo(visitor.page().getByLabel("Tenant"));
            visitor.types(tenant.id()).presses("Tab").types("admin_wrong").presses("Enter");
            visitor.readsError("This tenant does not exist, or the key is not one of its keys.")
                    .inspects("waitlist-wrong-key");
            visitor.tabsTo(visitor.page().getByLabel("Admin key")).presses("Control+A");
            visitor.types(tenant.admin().headers().get("X-Api-Key"))
                    .presses("Enter")
                    .readsStatus("Nobody waits.");
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void mailInTheOutboxIsPausedResumedAndCancelled(TestTenant tenant, Running directory) {
        UUID ada = tenant.user("Ada", directory.mailbox().address());
        try (Visitor visitor = Visitor.at(directory.url())) {
            visitor.opens(link("outbox", tenant)).readsStatus("No mail yet.").inspects("outbox-empty");
            tenant.sendMail("user_ids", List.of(ada), "scheduled_at_millis", 4_000_000_000_000L)
                    .expect(200);
            visitor.opens(visitor.page().url()).reads("Hello").inspects("outbox");
            visitor.tabsTo(button(visitor, "Pause Hello")).presses("Enter").readsStatus("“Hello” is paused.");
            visitor.tabsTo(button(visitor, "Resume Hello")).presses("Enter").readsStatus("“Hello” is");
            assertThat(button(visitor, "Pause Hello")).isFocused();
            visitor.tabsTo(button(visitor, "Cancel Hello")).presses("Enter").readsStatus("“Hello” is skipped.");
            visitor.reads("skipped: manually cancelled").inspects("outbox-cancelled");
            assertThat(visitor.complaints()).isEmpty();
        }
    }
}
