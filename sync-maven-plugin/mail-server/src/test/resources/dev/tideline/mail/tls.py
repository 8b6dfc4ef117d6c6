"""STARTTLS, STLS and TLS from the start, with a context that checks certificate and name."""
import poplib
import smtplib
import ssl
import sys
import urllib.request

http, smtp, pop3, smtps, pop3s = map(int, sys.argv[1:6])
file = sys.argv[6]
pem = urllib.request.urlopen(f"http://localhost:{http}/api/v1/certificate.pem").read().decode()
assert pem == open(file).read(), pem
trusting = ssl.create_default_context(cadata=pem)
trusting.verify_flags |= ssl.VERIFY_X509_STRICT  # the default from Python 3.13 on
MESSAGE = "Subject: {}\r\n\r\nhello\r\n"

for host in ["localhost", "127.0.0.1"]:
    client = smtplib.SMTP(host, smtp)
    client.ehlo()
    assert client.has_extn("starttls")
    client.starttls(context=trusting)
    client.ehlo()
    assert not client.has_extn("starttls"), client.esmtp_features
    client.login("anybody", "any")
    client.sendmail("a@x", ["tls@x"], MESSAGE.format("starttls " + host))
    client.quit()
    with smtplib.SMTP_SSL(host, smtps, context=trusting) as client:
        client.sendmail("a@x", ["tls@x"], MESSAGE.format("smtps " + host))

for make in [lambda: smtplib.SMTP("localhost", smtp).starttls(context=ssl.create_default_context()),
             lambda: smtplib.SMTP_SSL("localhost", smtps, context=ssl.create_default_context())]:
    try:
        make()
        raise AssertionError("a client that does not know the certificate trusted it")
    except ssl.SSLCertVerificationError:
        pass

reader = poplib.POP3("localhost", pop3)
assert "STLS" in reader.capa()
reader.stls(context=trusting)
assert "STLS" not in reader.capa()
for secured in [reader, poplib.POP3_SSL("127.0.0.1", pop3s, context=trusting)]:
    secured.user("tls")
    secured.pass_("any")
    subjects = [next(line for line in secured.retr(n)[1] if line.startswith(b"Subject")) for n in range(1, 5)]
    assert subjects == [b"Subject: starttls localhost", b"Subject: smtps localhost",
                        b"Subject: starttls 127.0.0.1", b"Subject: smtps 127.0.0.1"], subjects
    secured.quit()
print("all good")
