/** Undoes `pulumi.runtime.setMocks`, for the tests of the other files, which run in the same process. */
import * as pulumi from "@pulumi/pulumi";

export function forgetMocks(): void {
  pulumi.runtime.resetOptions("", "", -1, "", "", false, "");
}
