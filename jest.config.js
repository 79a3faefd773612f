/** Tests run as ES modules, compiled by swc; worker threads and child processes use `dist`, which `pretest` builds. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/tests'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' }, sourceMaps: 'inline' }
    ]
  },
  // Nothing is timed in tests: this only ends what hangs, also on a machine that is busy with other things.
  testTimeout: 600000,
  // Many tests wait, for leases and for what they started: three at once keep two cores busy.
  maxWorkers: 3
}
