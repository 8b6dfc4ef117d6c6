// Playwright's expect.poll. Each test writes what the failed wait says to MESSAGES.
const { test, expect } = require('@playwright/test');
const fs = require('fs');
const path = require('path');
const version = require('@playwright/test/package.json').version;

const what = { message: 'user appears in the external database', timeout: 2000 };

function failure(number, wait) {
  test(`failure ${number}`, async () => {
    const began = Date.now();
    let error;
    try {
      await wait();
    } catch (e) {
      error = e;
    }
    expect(error).toBeDefined();
    const seconds = Math.round((Date.now() - began) / 1000);
    const message = error.message.replace(/\u001b\[[0-9;]*m/g, '').split('\n').map(line => line.trimEnd()).join('\n').trim();
    fs.writeFileSync(
      path.join(process.env.MESSAGES, `playwright-${number}.txt`),
      `Playwright ${version}, after ${seconds} s\n${message}\n`);
  });
}

let attempt = 0;
test.beforeEach(() => { attempt = 0; });

failure(1, () => expect.poll(() => [], what).toHaveLength(1));
failure(2, () => expect.poll(() => { throw new Error('Connection refused'); }, what).toHaveLength(1));
failure(3, () => expect.poll(() => ++attempt < 3 ? 'new' : 'queued', what).toBe('sent'));
failure(4, () => expect.poll(async () => {
  attempt++;
  if (attempt === 2) {
    throw new Error('Connection reset');
  }
  if (attempt > 2) {
    await new Promise(() => {});
  }
  return 41;
}, what).toBe(42));
failure(5, () => expect.poll(() => 'cancelled', what).toBe('done'));
