package dev.tideline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.testkit.fixture.Mails;
import org.junit.jupiter.api.Test;

class HtmlCheckTest {

    private static final String GOOD = """
            <!DOCTYPE html>
            <html><head><meta charset="utf-8"><style>p { color: red }</style></head>
            <body><p>Grüße <img src="cid:logo" alt="Shop"> <a href="https://a.example/">Go</a></p></body></html>
            """;

    @Test
    void a_mail_that_every_program_shows_has_no_problems() {
        HtmlCheck.of(Mails.of("Go to https://a.example/", GOOD)).expectNoProblems();
        HtmlCheck.of(Mails.of("only text", "")).expectNoProblems();
    }

    @Test
    void what_mail_programs_remove_or_do_not_load_is_named_with_its_line() {
        MailMessage mail = Mails.of("text", """
                <link rel="stylesheet" href="https://a.example/mail.css">
                <style>@import url("https://a.example/more.css");</style>
                <script>alert(1)</script>
                <img src="https://a.example/logo.png">
                <p onclick="go()"><a href="JavaScript:go()">Go</a></p>
                <iframe src="https://a.example/"></iframe>""");

        assertThatThrownBy(() -> HtmlCheck.of(mail).expectNoProblems())
                .isInstanceOf(AssertionError.class)
                .hasMessage("""
                        The HTML of the mail "Hello" has 7 problems:
                          line 1: <link rel="stylesheet" href="https://a.example/mail.css">: mail programs load no style \
                        sheets; put the styles into the mail
                          line 2: <style>: mail programs load no style sheets, @import included
                          line 3: <script>: mail programs remove it
                          line 4: <img src="https://a.example/logo.png">: it has no alt text, and pictures are often not \
                        shown (alt="" for decoration)
                          line 5: <p onclick="go()">: mail programs run no scripts, onclick included
                          line 5: <a href="JavaScript:go()">: mail programs run no scripts, those of links included
                          line 6: <iframe src="https://a.example/">: mail programs remove it""");
        assertThat(HtmlCheck.of(mail)
                        .ignoring("style sheets")
                        .ignoring("scripts")
                        .problems())
                .hasSize(3);
    }

    @Test
    void tags_that_do_not_match_are_named_with_their_line() {
        assertThat(HtmlCheck.of(Mails.of("text", "<div>\n<p>Hello</b></p>\n</span></div>"))
                        .problems())
                .hasSize(2)
                .allMatch(problem -> problem.matches("line [23]: .*</(b|span)>.*"));
    }

    @Test
    void elements_that_are_never_closed_are_named_with_the_line_where_they_begin() {
        assertThat(HtmlCheck.of(Mails.of("text", "<div>\n<p>Hello <b>you\n<a href=\"https://a.example/\">Go</p>"))
                        .problems())
                .containsExactly(
                        "line 3: Unexpected EndTag token [</p>]",
                        "line 1: <div>: it is never closed",
                        "line 2: <b>: it is never closed",
                        "line 3: <a href=\"https://a.example/\">: it is never closed");
        assertThat(HtmlCheck.of(Mails.of("text", "<style>p { color: red }")).problems())
                .containsExactly("line 1: <style>: it is never closed");
    }

    @Test
    void what_html_closes_by_itself_and_what_only_outlook_reads_is_no_problem() {
        HtmlCheck.of(Mails.of("text", """
                        <!--[if mso]><table><tr><td><![endif]--><!--[if !mso]><!--><p>One<br>Two<!--<![endif]-->
                        <![if !mso]><p>Three<![endif]>
                        <ul><li>a<li>b</ul><table><tr><td>c<td>d</table><o:p>&nbsp;</o:p><p>AT&T & Co<hr>""")).expectNoProblems();
    }

    @Test
    void pictures_and_links_that_say_nothing_are_named() {
        assertThat(HtmlCheck.of(Mails.of("text", """
                        <a href="https://a.example/"> <img src="cid:logo" alt=""> </a>
                        <a href="https://a.example/"><img src="cid:logo" alt="Shop"></a> <a name="place"></a>
                        <img src="data:image/png;base64,AA" alt="Dot">
                        <form><input type="image" src="cid:go"></form>
                        <a href=" java&#10;script:go()">Go</a> <svg></svg>""")).problems())
                .containsExactly(
                        "line 1: <a href=\"https://a.example/\">: it has nothing that could be read out or clicked",
                        "line 3: <img src=\"data:image/png;base64,AA\" alt=\"Dot\">: Gmail and Outlook show no pictures"
                                + " of data: addresses; attach it, and name it by cid:",
                        "line 4: <input type=\"image\" src=\"cid:go\">: it has no alt text, and pictures are often not"
                                + " shown (alt=\"\" for decoration)",
                        "line 5: <a href=\" java\n"
                                + "script:go()\">: mail programs run no scripts, those of links included",
                        "line 5: <svg>: mail programs remove it");
    }

    @Test
    void html_that_gmail_cuts_off_or_that_stands_alone_is_a_problem() {
        assertThat(HtmlCheck.of(Mails.of("", "<p>" + "ü".repeat(60_000) + "</p>"))
                        .problems())
                .containsExactly(
                        "it has 120007 bytes; Gmail shows no more than 104448",
                        "there is no plain text beside it, for readers without HTML and for spam filters");
    }

    @Test
    void a_missing_charset_is_a_problem_where_it_matters() {
        assertThat(HtmlCheck.of(Mails.of("text", "<p>Grüße</p>", "Content-Type", "text/html"))
                        .problems())
                .containsExactly(
                        "its Content-Type is text/html, without a charset, and there are letters beyond ASCII");
        assertThat(HtmlCheck.of(Mails.of("text", "<p>Hello</p>", "Content-Type", "text/html"))
                        .problems())
                .isEmpty();
        assertThat(HtmlCheck.of(Mails.of("text", "<p>Grüße</p>", "Content-Type", "text/html; charset=utf-8"))
                        .problems())
                .isEmpty();
    }
}
