#!/bin/sh
# Makes messages/ again. See README.md.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here"/pom.xml "$here"/package.json "$here"/playwright.config.js "$here"/messages.spec.js "$here"/Messages.java "$work"
cd "$work"
mvn -B -ntp -q dependency:build-classpath -Dmdep.outputFile=classpath
java -cp "$(cat classpath)" Messages.java "$here/messages"
npm install --no-audit --no-fund --silent
MESSAGES="$here/messages" npx playwright test
