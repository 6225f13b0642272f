/** The least that a dynamic provider can cost: one resource whose provider does nothing. */
const { CustomResource } = require("@pulumi/pulumi");

const NOTHING = "exports.handler=()=>({create:async()=>({id:'nothing',outs:{}}),diff:async()=>({changes:false})})";

new CustomResource("pulumi-nodejs:dynamic/bench:Nothing", "nothing", { __provider: NOTHING });
