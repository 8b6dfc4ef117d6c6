package dev.tideline.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.activation.DataHandler;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Mails that Angus, which is Jakarta Mail, makes of odd texts, names and files, read back by REST, POP3 and page. */
class AngusTest {

    private static final List<String> WORDS = List.of(
            "plain",
            "Grüße",
            "שלום",
            "日本",
            "😀🌊",
            "say \"hi\"",
            "semi;colon",
            "percent%20",
            "it's",
            "comma, name",
            "back\\slash",
            "(round) brackets",
            "a".repeat(70),
            "ü".repeat(60));

    /** A text and a charset that has it. */
    private record Text(String content, String charset) {}

    private static final List<Text> TEXTS = List.of(
            new Text("plain ascii", "us-ascii"),
            new Text("Grüße aus Köln", "iso-8859-1"),
            new Text("„quoted“ €", "windows-1252"),
            new Text("שלום עולם", "iso-8859-8"),
            new Text("Привет мир", "koi8-r"),
            new Text("日本語", "iso-2022-jp"),
            new Text("中文", "gb18030"),
            new Text("😀🌊 emoji", "utf-8"),
            new Text("utf-16 שלום", "utf-16"),
            new Text("x".repeat(1200), "utf-8"),
            new Text("dots\r\n.\r\n..\r\n.end", "utf-8"),
            new Text("From here\r\n\r\nFrom there", "us-ascii"),
            new Text("blank at the end \r\nof a line, =3D", "iso-8859-15"));

    private record File(String name, byte[] content) {
        String md5() throws Exception {
            byte[] digest = MessageDigest.getInstance("MD5").digest(content);
            return String.format("%032x", new BigInteger(1, digest));
        }
    }

    @Test
    void mails_from_the_odd_corners_of_the_standards_are_read_back_as_they_were_sent() throws Exception {
        long seed = OddMails.seed();
        Random dice = new Random(seed);
        try (MailServer server = MailServer.start(MailServerConfig.defaults())) {
            Session session = session(server);
            WebClient web = new WebClient(server.httpPort());
            try (Store store = session.getStore("pop3");
                    Transport smtp = session.getTransport("smtp")) {
                smtp.connect();
                for (int number = 0; number < OddMails.count(); number++) {
                    sendAndRead(number, dice, session, smtp, store, web, "seed " + seed + ", mail " + number);
                }
            }
        }
    }

    private static Session session(MailServer server) {
        Properties settings = new Properties();
        settings.put("mail.smtp.host", "127.0.0.1");
        settings.put("mail.smtp.port", Integer.toString(server.smtpPort()));
        settings.put("mail.pop3.host", "127.0.0.1");
        settings.put("mail.pop3.port", Integer.toString(server.pop3Port()));
        settings.put("mail.mime.allowutf8", "true");
        return Session.getInstance(settings);
    }

    private static void sendAndRead(
            int number, Random dice, Session session, Transport smtp, Store store, WebClient web, String what)
            throws Exception {
        String address = choice(
                        dice,
                        List.of(
                                "odd" + number,
                                "\"odd " + number + "\"",
                                "\"odd@" + number + "\"",
                                "odd" + number + "+tag",
                                "ödd" + number))
                + "@x";
        String name = choice(dice, WORDS);
        String subject = choice(dice, WORDS);
        Text text = choice(dice, TEXTS);
        String html = "<p>" + name + "</p>";
        List<File> files = IntStream.range(0, dice.nextInt(3))
                .mapToObj(i -> new File(i + "-" + choice(dice, WORDS).replace("\\", "") + ".bin", bytes(dice)))
                .toList();

        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress("from" + number + "@x", name, "utf-8"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(address, choice(dice, WORDS), "utf-8"));
        message.setSubject(subject, "utf-8");
        message.setContent(content(text, html, files));
        message.saveChanges();
        smtp.sendMessage(message, message.getAllRecipients());

        String box = URLEncoder.encode(address, StandardCharsets.UTF_8).replace("+", "%20");
        JsonNode read = web.json("/api/v1/mailbox/" + box + "/latest");
        assertThat(read.at("/subject").asText()).as(what).isEqualTo(subject);
        assertThat(read.at("/from").asText()).as(what).isEqualTo(name + " <from" + number + "@x>");
        assertThat(read.at("/body/text").asText().stripTrailing()).as(what).isEqualTo(text.content());
        assertThat(read.at("/body/html").asText().strip()).as(what).isEqualTo(html);
        List<String> attached = new ArrayList<>();
        for (File file : files) {
            attached.add(file.name() + " " + file.md5());
        }
        assertThat(read.get("attachments"))
                .as(what)
                .extracting(file ->
                        file.get("filename").asText() + " " + file.get("md5").asText())
                .isEqualTo(attached);
        assertThat(web.get("/serve/mailbox/" + box + "/" + read.get("id").asText() + "/html")
                        .body())
                .as(what)
                .contains(html);
        store.connect(address, "any");
        try (Folder inbox = store.getFolder("INBOX")) {
            inbox.open(Folder.READ_ONLY);
            Message retrieved = inbox.getMessage(inbox.getMessageCount());
            assertThat(source(retrieved)).as(what).endsWith(source(message));
            assertThat(retrieved.getSubject()).as(what).isEqualTo(subject);
        } finally {
            store.close();
        }
    }

    private static MimeMultipart content(Text text, String html, List<File> files) throws Exception {
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(text.content(), text.charset());
        MimeBodyPart rich = new MimeBodyPart();
        rich.setText(html, "utf-8", "html");
        MimeBodyPart body = new MimeBodyPart();
        body.setContent(new MimeMultipart("alternative", plain, rich));
        MimeMultipart content = new MimeMultipart(body);
        for (File file : files) {
            MimeBodyPart part = new MimeBodyPart();
            part.setDataHandler(new DataHandler(new ByteArrayDataSource(file.content(), "application/octet-stream")));
            part.setFileName(file.name());
            // Left to itself, Angus sends bytes that happen to be ASCII as text, and text gets other line ends on its
            // way.
            part.setHeader("Content-Transfer-Encoding", "base64");
            content.addBodyPart(part);
        }
        return content;
    }

    private static String source(Message message) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        message.writeTo(out);
        return out.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    private static byte[] bytes(Random dice) {
        byte[] bytes = new byte[choice(dice, List.of(0, 1, 57, 3000))];
        dice.nextBytes(bytes);
        return bytes;
    }

    private static <T> T choice(Random dice, List<T> all) {
        return all.get(dice.nextInt(all.size()));
    }
}
