// Stands for a package that is not installed: whatever is asked of it, it is there and does nothing.
'use strict';
const handler = {
  get: (_, key) =>
    key === '__esModule' ? true
    : key === 'then' ? undefined
    : key === Symbol.toPrimitive || key === 'toString' ? () => 'stub'
    : key === Symbol.iterator ? function* () {}
    : stub,
  apply: () => stub,
  construct: () => ({}),
};
const stub = new Proxy(function () {}, handler);
module.exports = stub;
