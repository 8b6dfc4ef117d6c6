// STARTTLS and TLS from the start with Nodemailer, which checks certificate and name.
import assert from "node:assert";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const nodemailer = createRequire(import.meta.url)("nodemailer");
const [http, smtp, , smtps] = process.argv.slice(2, 6).map(Number);
const ca = readFileSync(process.argv[7]);
const mail = { from: "a@x.example", to: "node@x.example", text: "hello" };

for (const host of ["localhost", "127.0.0.1"]) {
  for (const [port, secure] of [[smtp, false], [smtps, true]]) {
    const settings = { host, port, secure, requireTLS: !secure };
    await nodemailer.createTransport({ ...settings, tls: { ca } }).sendMail({ ...mail, subject: `${host} ${secure}` });
    await assert.rejects(nodemailer.createTransport(settings).sendMail(mail), /self.signed certificate/);
  }
}
const received = await (await fetch(`http://127.0.0.1:${http}/api/v1/mailbox/node`)).json();
assert.deepEqual(received.map((each) => each.subject),
  ["localhost false", "localhost true", "127.0.0.1 false", "127.0.0.1 true"]);
console.log("all good");
