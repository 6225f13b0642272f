#!/usr/bin/env node
/**
 * The `tencent-chat` command, as the shell starts it.
 */

import { start } from "./start.js";
import { stopSignal } from "./stop-signal.js";

for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    // The reader has closed the pipe, as `head` does. The command still does its work.
    if (error.code !== "EPIPE") throw error;
  });
}

void start(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  stopped: stopSignal,
}).then((code) => {
  process.exitCode = code;
});
