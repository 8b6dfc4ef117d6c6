"""Only the standard library: smtplib, poplib, email, urllib."""
import datetime
import email
import email.policy
import hashlib
import json
import poplib
import smtplib
import sys
import urllib.error
import urllib.request
from email.message import EmailMessage

http, smtp, pop3 = map(int, sys.argv[1:])
api = f"http://localhost:{http}/api/v1/mailbox/"


def ask(path, method="GET", body=None):
    request = urllib.request.Request(api + path, method=method, data=body)
    with urllib.request.urlopen(request) as reply:
        return json.load(reply)


def expect(actual, wanted):
    if actual != wanted:
        raise AssertionError(f"expected {wanted!r}, got {actual!r}")


message = EmailMessage()
message["From"] = "Jürgen <jm@example.com>"
message["To"] = "Ann <ann@example.com>, bob@example.com"
message["Subject"] = "Grüße 😀"
message.set_content("text\n.dot\n")
message.add_alternative("<p>html</p>\n", subtype="html")
message.add_attachment(b"\x00\x01binary", maintype="application", subtype="x-thing", filename="ü b.bin")

with smtplib.SMTP("localhost", smtp) as client:
    client.ehlo()
    expect(client.has_extn("8bitmime") and client.has_extn("smtputf8") and client.has_extn("size"), True)
    client.login("anybody", "anything")
    expect(client.send_message(message), {})
    utf8 = EmailMessage(policy=email.policy.SMTPUTF8)
    utf8["From"] = "jürgen@example.com"
    utf8["To"] = "ann+x@example.com"
    utf8["Subject"] = "second"
    utf8.set_content("ä")
    expect(client.send_message(utf8), {})
    try:
        client.sendmail("a@b", ["ann@x"], b"x" * 76 * 1000 + (b"\r\n" + b"x" * 76) * 200_000)
        raise AssertionError("too large a message was taken")
    except smtplib.SMTPSenderRefused as refused:
        expect(refused.smtp_code, 552)
    expect(client.sendmail("a@b", ["ann@x"], "Subject: third\r\n\r\n"), {})

headers = ask("ann@example.com")
expect([h["subject"] for h in headers], ["Grüße 😀", "second", "third"])
expect(headers[0]["to"], ["Ann <ann@example.com>", "<bob@example.com>"])
expect(headers[0]["from"], "Jürgen <jm@example.com>")
expect(sorted(headers[0]), ["date", "from", "id", "mailbox", "posix-millis", "seen", "size", "subject", "to"])
expect({h["mailbox"] for h in headers}, {"ann"})
expect([h["seen"] for h in headers], [False, False, False])
for h in headers:
    moment = datetime.datetime.fromisoformat(h["date"].replace("Z", "+00:00"))
    expect(round(moment.timestamp() * 1000), h["posix-millis"])
expect(ask("ANN%2Bnews%40elsewhere.example"), headers)
expect([h["subject"] for h in ask("ann?subject=second")], ["second"])
expect([h["subject"] for h in ask("ann?from=jm%40example.com")], ["Grüße 😀"])
expect(ask("nobody"), [])

first = ask("ann/" + headers[0]["id"])
expect({key: first[key] for key in headers[0]}, headers[0])
expect(sorted(set(first) - set(headers[0])), ["attachments", "body", "header"])
expect(first["header"]["To"], ["Ann <ann@example.com>, bob@example.com"])
expect(first["header"]["Return-Path"], ["<jm@example.com>"])
expect(ask("ann/latest")["id"], headers[2]["id"])
with urllib.request.urlopen(api + "ann/" + headers[0]["id"] + "/source") as reply:
    expect(reply.headers.get_content_type(), "text/plain")
    expect(len(reply.read()), headers[0]["size"])
expect(first["body"], {"text": "text\r\n.dot\r\n", "html": "<p>html</p>\r\n"})
attachment = first["attachments"][0]
expect(sorted(attachment), ["content-type", "download-link", "filename", "md5", "view-link"])
expect(attachment["filename"], "ü b.bin")
expect(attachment["content-type"], "application/x-thing")
expect(
    attachment["download-link"],
    f"http://localhost:{http}/serve/mailbox/ann/{headers[0]['id']}/attach/0/%C3%BC%20b.bin",
)
with urllib.request.urlopen(attachment["view-link"]) as reply:
    expect(reply.read(), b"\x00\x01binary")
with urllib.request.urlopen(attachment["download-link"]) as reply:
    content = reply.read()
    expect(content, b"\x00\x01binary")
    expect(attachment["md5"], hashlib.md5(content).hexdigest())
expect(ask("ann/" + headers[0]["id"], "PATCH", b'{"seen":true}'), "OK")
expect(ask("ann")[0]["seen"], True)
expect(ask("ann/wait?subject=third&timeout=1s")["satisfied"], True)

box = poplib.POP3("localhost", pop3)
expect("UIDL" in box.capa(), True)
box.user("ann@example.com")
box.pass_("wrong")
expect(box.stat()[0], 3)
expect([line.decode().split()[1] for line in box.uidl()[1]], [h["id"] for h in headers])
parsed = email.message_from_bytes(b"\r\n".join(box.retr(1)[1]), policy=email.policy.default)
expect(parsed["Subject"], "Grüße 😀")
expect(parsed.get_body(("plain",)).get_content(), "text\r\n.dot\r\n")
expect(sum(len(line) + 2 for line in box.retr(1)[1]), headers[0]["size"])
expect(b"Subject: third" in box.top(3, 0)[1], True)
box.dele(1)
expect(len(ask("ann")), 3)
box.quit()
expect([h["subject"] for h in ask("ann")], ["second", "third"])

expect(ask("ann/" + headers[1]["id"], "DELETE"), "OK")
expect(ask("ann", "DELETE"), "OK")
expect(ask("ann"), [])
try:
    ask("ann/" + headers[1]["id"])
    raise AssertionError("a deleted message was found")
except urllib.error.HTTPError as missing:
    expect(missing.code, 404)
print("all good")
