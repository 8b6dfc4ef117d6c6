// Only what Node has built in: net, fetch, and WebSocket where this version has it (22, or 20 with --experimental-websocket).
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { connect } from "node:net";

const [http, smtp, pop3] = process.argv.slice(2).map(Number);
const api = `http://127.0.0.1:${http}/api/v1`;

function lines(port) {
  const socket = connect(port, "127.0.0.1");
  socket.setEncoding("utf8");
  let buffered = "";
  let wake = () => {};
  socket.on("data", (data) => { buffered += data; wake(); });
  const line = async () => {
    while (!buffered.includes("\r\n")) await new Promise((resolve) => (wake = resolve));
    const end = buffered.indexOf("\r\n");
    const first = buffered.slice(0, end);
    buffered = buffered.slice(end + 2);
    return first;
  };
  const reply = async () => {
    let last = await line();
    while (last[3] === "-") last = await line();
    return last;
  };
  return { line, reply, say: (text) => socket.write(text + "\r\n"), end: () => socket.end() };
}

async function send(commands) {
  const client = lines(smtp);
  await client.reply();
  for (const [command, code] of commands) {
    client.say(command);
    assert.ok((await client.reply()).startsWith(code), command);
  }
  client.end();
}

const seen = [];
let noticed = () => {};
const monitor = (path, take) => {
  const socket = new WebSocket(`ws://127.0.0.1:${http}/api/v1/monitor/messages${path}`);
  socket.onmessage = (event) => { take.push(JSON.parse(event.data)); noticed(); };
  return new Promise((resolve, reject) => { socket.onopen = () => resolve(socket); socket.onerror = reject; });
};
const listens = typeof WebSocket === "function";
const socket = listens && (await monitor("/ann", seen));

const waiting = fetch(`${api}/mailbox/ann/wait?subject=Hello&timeout=20s`).then((r) => r.json());
const body = ["From: Zoë <zoe@example.com>", "To: ann@example.com", "Subject: Hello ☃", "MIME-Version: 1.0",
  'Content-Type: text/plain; name="a b.txt"', "Content-Disposition: attachment", "", "file", "."].join("\r\n");
await send([["EHLO node", "250"], ["MAIL FROM:<zoe@example.com> BODY=8BITMIME SMTPUTF8", "250"],
  ["RCPT TO:<ann@example.com>", "250"], ["DATA", "354"], [body, "250"], ["QUIT", "221"]]);

const outcome = await waiting;
assert.equal(outcome.satisfied, true);
const list = await (await fetch(`${api}/mailbox/ann`)).json();
assert.deepEqual(outcome.messages, list);
assert.deepEqual(Object.keys(list[0]),
  ["mailbox", "id", "from", "to", "subject", "date", "posix-millis", "size", "seen"]);
assert.equal(list[0].subject, "Hello ☃");
assert.equal(new Date(list[0].date).getTime(), list[0]["posix-millis"]);

// Pushed to who listened already, replayed to who comes later.
if (listens) {
  const replayed = [];
  const late = await monitor("", replayed);
  while (seen.length === 0 || replayed.length === 0) await new Promise((resolve) => (noticed = resolve));
  assert.deepEqual([seen, replayed], [list, list]);
  socket.close();
  late.close();
}

const message = await (await fetch(`${api}/mailbox/ann/latest`)).json();
assert.deepEqual(Object.keys(message), [...Object.keys(list[0]), "body", "header", "attachments"]);
assert.deepEqual(message.from, "Zoë <zoe@example.com>");
assert.deepEqual(message.to, ["<ann@example.com>"]);
assert.deepEqual(Object.keys(message.body), ["text", "html"]);
assert.deepEqual(message.header.Subject, ["Hello ☃"]);
const link = `http://127.0.0.1:${http}/serve/mailbox/ann/${message.id}/attach/0/a%20b.txt`;
const { md5, ...attachment } = message.attachments[0];
assert.deepEqual(attachment,
  { filename: "a b.txt", "content-type": "text/plain", "download-link": link, "view-link": link });
const file = await fetch(message.attachments[0]["download-link"]);
const bytes = Buffer.from(await file.arrayBuffer());
assert.equal(createHash("md5").update(bytes).digest("hex"), md5);
const source = await fetch(`${api}/mailbox/ann/latest/source`);
assert.equal(Buffer.byteLength(await source.text()), list[0].size);

const box = lines(pop3);
await box.line();
for (const command of ["USER ann", "PASS x", "UIDL 1", "DELE 1", "QUIT"]) {
  box.say(command);
  const reply = await box.line();
  assert.ok(reply.startsWith("+OK"), reply);
  if (command === "UIDL 1") assert.equal(reply, `+OK 1 ${list[0].id}`);
}
box.end();
assert.deepEqual(await (await fetch(`${api}/mailbox/ann`)).json(), []);
const missing = await fetch(`${api}/mailbox/ann/${list[0].id}`);
assert.equal(missing.status, 404);
console.log("all good");
