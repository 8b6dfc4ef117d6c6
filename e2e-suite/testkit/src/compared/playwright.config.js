module.exports = { testDir: '.', reporter: 'line', timeout: 20_000, workers: 1 };
