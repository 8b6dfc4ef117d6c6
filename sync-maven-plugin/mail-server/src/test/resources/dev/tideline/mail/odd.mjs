// Mails that Nodemailer makes of odd texts, names and files, read back by REST, POP3 and page.
import assert from "node:assert";
import { createHash } from "node:crypto";
import { connect } from "node:net";
import { createRequire } from "node:module";

const nodemailer = createRequire(import.meta.url)("nodemailer");
const [http, smtp, pop3, seed, count] = process.argv.slice(2).map(Number);
const WORDS = ["plain", "Grüße", "שלום", "日本", "😀🌊", 'say "hi"', "semi;colon", "percent%20", "it's", "a".repeat(70),
  "comma, name", "back\\slash", "(round) brackets", "dot.ted", "x".repeat(200), "ü".repeat(60)];
const TEXTS = ["plain ascii", "Grüße aus Köln", "שלום עולם", "日本語テスト", "😀🌊 emoji", "a\tb", "x".repeat(1200),
  "dots\r\n.\r\n..\r\n.end", "From here\r\n\r\nFrom there", "blank at the end \r\nof a line", "=3D =\r\n= equals"];

// Mulberry32: small, and the same everywhere.
let state = seed >>> 0;
const random = () => {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};
const choice = (all) => all[Math.floor(random() * all.length)];

async function retrieve(user) {
  const socket = connect(pop3, "127.0.0.1");
  const chunks = [];
  socket.on("data", (data) => chunks.push(data));
  socket.write(`USER ${user}\r\nPASS any\r\nRETR 1\r\nQUIT\r\n`);
  await new Promise((resolve, reject) => { socket.on("end", resolve); socket.on("error", reject); });
  socket.end();
  const all = Buffer.concat(chunks).toString("latin1");
  const begin = all.indexOf("octets\r\n") + 8;
  return all.slice(begin, all.lastIndexOf("\r\n.\r\n") + 2).replace(/^\./gm, "");
}

const transport = nodemailer.createTransport({ host: "127.0.0.1", port: smtp, ignoreTLS: true });
for (let number = 0; number < count; number++) {
  const address = choice([`odd${number}`, `"odd ${number}"`, `"odd@${number}"`, `odd${number}+tag`, `ödd${number}`]) + "@x.example";
  const name = choice(WORDS);
  const mail = {
    from: { name, address: `from${number}@x.example` },
    to: { name: choice(WORDS), address },
    subject: choice(WORDS),
    text: choice(TEXTS),
    html: `<p>${name}</p>`,
    textEncoding: choice(["quoted-printable", "base64", undefined]),
    attachments: Array.from({ length: Math.floor(random() * 3) }, (_, i) => ({
      // A name's last path element is shown, and no more than 200 characters of it.
      filename: `${i}-${choice(WORDS).replace("\\", "").slice(0, 190)}.bin`,
      content: Buffer.from(Array.from({ length: choice([0, 1, 57, 3000]) }, () => Math.floor(random() * 256))),
    })),
  };
  const what = `seed ${seed}, mail ${number} to ${address}`;
  await transport.sendMail(mail);
  const box = encodeURIComponent(address);
  const get = (path) => fetch(`http://127.0.0.1:${http}${path}`);
  const read = await (await get(`/api/v1/mailbox/${box}/latest`)).json();
  assert.equal(read.subject, mail.subject, what);
  assert.equal(read.from, `${name} <from${number}@x.example>`, what);
  assert.equal(read.body.text.trimEnd(), mail.text.trimEnd(), what);
  assert.equal(read.body.html.trimEnd(), mail.html, what);
  const md5 = (content) => createHash("md5").update(content).digest("hex");
  assert.deepEqual(read.attachments.map((file) => [file.filename, file.md5]),
    mail.attachments.map((file) => [file.filename, md5(file.content)]), what);
  assert.ok((await (await get(`/serve/mailbox/${box}/${read.id}/html`)).text()).includes(mail.html), what);
  for (const [i, file] of mail.attachments.entries()) {
    const bytes = await (await get(`/serve/mailbox/${box}/${read.id}/attach/${i}/x`)).arrayBuffer();
    assert.deepEqual(Buffer.from(bytes), file.content, what);
  }
  const source = Buffer.from(await (await get(`/api/v1/mailbox/${box}/${read.id}/source`)).arrayBuffer());
  assert.equal(await retrieve(address), source.toString("latin1"), what);
}
transport.close();
console.log("all good");
