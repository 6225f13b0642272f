/**
 * Required before a program in JavaScript. A language host that was built here is older than the engine, and does not hear
 * `typescript: false` in Pulumi.yaml: it would load ts-node for nothing.
 */
delete process.env.PULUMI_NODEJS_TYPESCRIPT;
