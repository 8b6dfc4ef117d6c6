"""Sends mails from the odd corners of RFC 5322, 2045 to 2049, 2231 and 6532, and reads each back by REST and POP3."""
import base64
import hashlib
import json
import poplib
import random
import smtplib
import sys
import urllib.parse
import urllib.request
from email.header import Header

http, smtp, pop3 = map(int, sys.argv[1:4])
seed, count = int(sys.argv[4]), int(sys.argv[5])
dice = random.Random(seed)
ALPHABETS = ["plain ascii", "Grüße aus Köln", "שלום עולם", "Привет мир", "日本語テスト", "😀🌊 emoji", "a\tb", "x" * 90, "dots\n.\n..\n.end", "From here"]
CHARSETS = {"utf-8": None, "iso-8859-1": "Grüße", "iso-8859-8-i": "שלום", "koi8-r": "Привет", "x-mac-roman": "éè", "iso-2022-jp": "日本語", "windows-1252": "„quoted“ €", "us-ascii": "ascii"}
PYTHON = {"iso-8859-8-i": "iso-8859-8", "x-mac-roman": "mac-roman"}


def word():
    return dice.choice(["plain", "Grüße", "שלום", "日本", "😀", 'say "hi"', "semi;colon", "percent%20", "it's", "a" * 70])


def encoded_word(charset, text):
    raw = text.encode(PYTHON.get(charset, charset))
    if dice.random() < 0.5:
        return f"=?{charset}?B?{base64.b64encode(raw).decode()}?="
    return f"=?{charset}?q?{''.join('=%02X' % b for b in raw)}?="


def parameter(name, value):
    """RFC 2231: whole, in an older charset, or in numbered pieces of which each may be encoded."""
    form = dice.choice(["utf-8", "pieces", "word"])
    quoted = urllib.parse.quote(value, safe="")
    if form == "utf-8":
        return f"{name}*=utf-8'en'{quoted}"
    if form == "word":
        return f'{name}="{Header(value, "utf-8", maxlinelen=10_000).encode()}"' if not value.isascii() else f'{name}="{value.replace(chr(34), chr(92) + chr(34))}"'
    units = [urllib.parse.quote(c, safe="") for c in value]
    half = max(1, len(units) // 2)
    return f"{name}*0*=utf-8''{''.join(units[:half])};\r\n {name}*1*={''.join(units[half:])}"


def transfer(raw):
    encoding = dice.choice(["base64", "quoted-printable"])
    if encoding == "base64":
        body = base64.encodebytes(raw).decode().replace("\n", "\r\n")
    else:
        body = "".join("=%02X" % b for b in raw)
        body = "=\r\n".join(body[i:i + 75] for i in range(0, len(body), 75)) + "\r\n"
    return encoding, body


def mail(number):
    charset = dice.choice(list(CHARSETS))
    text = CHARSETS[charset] or dice.choice(ALPHABETS)
    subject_charset = dice.choice(list(CHARSETS))
    subject = CHARSETS[subject_charset] or word()
    local = dice.choice([f"odd{number}", f'"odd {number}"', f'"odd@{number}"', f"odd{number}+tag", f"ödd{number}"])
    name = word().replace("\t", " ")
    encoding, body = transfer(text.encode(PYTHON.get(charset, charset)))
    html_encoding, html = transfer(f"<p>{name}</p>".encode())
    files = [(f"{i}-{word()}.bin", dice.randbytes(dice.choice([0, 1, 57, 3000]))) for i in range(dice.randrange(3))]
    lines = [
        f"From: {encoded_word('utf-8', name)}\r\n <from{number}@x>",
        "To: (a comment) list: " + f"{local}@x, other@x" + ";",
        f"Subject: {encoded_word(subject_charset, subject)}",
        "MIME-Version: 1.0 (odd)",
        'Content-Type: multipart/mixed;\r\n\tboundary="=_odd (1)"',
        "",
        "a preamble",
        "--=_odd (1)",
        "Content-Type: multipart/alternative; boundary=inner",
        "",
        "--inner",
        f"Content-Type: TEXT/plain; (comment) charset=\"{charset}\"",
        f"Content-Transfer-Encoding: {encoding.upper()}",
        "",
        body + "--inner",
        "Content-Type: text/html; charset=utf-8",
        f"Content-Transfer-Encoding: {html_encoding}",
        "",
        html + "--inner--",
        "",
    ]
    for file, content in files:
        lines += [
            "--=_odd (1)",
            "Content-Type: application/octet-stream",
            f"Content-Disposition: attachment;\r\n {parameter('filename', file)}",
            "Content-Transfer-Encoding: base64",
            "",
            base64.encodebytes(content).decode().replace("\n", "\r\n"),
        ]
    lines += ["--=_odd (1)--", "an epilogue", ""]
    return local, subject, text, f"<p>{name}</p>", name, files, "\r\n".join(lines).encode()


def expect(what, actual, wanted):
    if actual != wanted:
        raise AssertionError(f"seed {seed}: {what}: expected {wanted!r}, got {actual!r}")


def get(path):
    with urllib.request.urlopen(f"http://localhost:{http}{path}") as reply:
        return reply.read()


client = smtplib.SMTP("localhost", smtp)
client.ehlo()
for number in range(count):
    local, subject, text, html, name, files, source = mail(number)
    what = f"mail {number} to {local}"
    client.docmd(f"MAIL FROM:<from{number}@x> SMTPUTF8".replace("  ", " "))
    client.send(f"RCPT TO:<{local}@x>\r\n".encode())
    expect(what, client.getreply()[0], 250)
    expect(what, client.data(source)[0], 250)
    box = urllib.parse.quote(f"{local}@x", safe="")
    read = json.loads(get(f"/api/v1/mailbox/{box}/latest"))
    expect(what + " subject", read["subject"], subject)
    expect(what + " from", read["from"], f"{name.strip()} <from{number}@x>")
    expect(what + " text", read["body"]["text"].rstrip("\r\n"), text.rstrip("\r\n"))
    expect(what + " html", read["body"]["html"].strip(), html)
    expect(what + " files", [(f["filename"], f["md5"]) for f in read["attachments"]],
           [(f, hashlib.md5(c).hexdigest()) for f, c in files])
    id = read["id"]
    expect(what + " page", html in get(f"/serve/mailbox/{box}/{id}/html").decode(), True)
    for i, (file, content) in enumerate(files):
        expect(what + " file", get(f"/serve/mailbox/{box}/{id}/attach/{i}/x"), content)
    expect(what + " source", get(f"/api/v1/mailbox/{box}/{id}/source").endswith(source), True)
    reader = poplib.POP3("localhost", pop3)
    reader.encoding = "utf-8"
    reader.user(f"{local}@x")
    reader.pass_("any")
    answer, lines, octets = reader.retr(len(reader.list()[1]))
    expect(what + " POP3", b"\r\n".join(lines + [b""]).endswith(source), True)
    expect(what + " octets", sum(len(line) + 2 for line in lines), octets)
    reader.quit()
client.quit()
print("all good")
