/** Goes into a provider process with `--require`, and answers any question with the files that were loaded so far. */
process.on("message", () => process.send(Object.keys(require.cache)));
