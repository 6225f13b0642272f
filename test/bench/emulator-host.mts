/**
 * The process of the emulator, apart from the benchmark's own: enforces the call frequency and answers after 20 ms. It
 * ends with the process that forked it.
 */
import { startEmulator } from "pulumi-tencent-chat/emulator";

const LATENCY_MS = 20;

process.once("disconnect", () => process.exit());
// The terminal sends an interrupt to all; the benchmark ends this process when it needs it no more.
process.on("SIGINT", () => {});

const { url } = await startEmulator({ rules: { enforceFrequency: true, latencyMs: LATENCY_MS } });
process.send?.({ url });
