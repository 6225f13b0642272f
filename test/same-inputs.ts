/** The normal run tries the same inputs each time, so that it fails for a change alone; new ones are tried by the long run. */
import fc from "fast-check";
import { SOAK } from "./proof.js";

if (!SOAK) fc.configureGlobal({ seed: 1 });
