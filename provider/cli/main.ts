#!/usr/bin/env node
/**
 * The `tencent-chat` command, as the shell starts it.
 */

import { start } from "./start.js";
import { stopSignal } from "./stop-signal.js";

void start(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  stopped: stopSignal,
}).then((code) => {
  process.exitCode = code;
});
