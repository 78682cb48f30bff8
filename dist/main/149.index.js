"use strict";
exports.id = 149;
exports.ids = [149];
exports.modules = {

/***/ 8149:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   RESERVED_NAMES: () => (/* binding */ RESERVED_NAMES),
/* harmony export */   prefixed: () => (/* binding */ prefixed)
/* harmony export */ });
/* harmony import */ var _problems_index_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6235);

const RESERVED_NAMES = [
    ...['PATH', 'HOME', 'SHELL', 'IFS', 'ENV', 'CDPATH', 'TMPDIR', 'BASH_*', 'PS4', 'PROMPT_COMMAND', 'LD_*', 'DYLD_*'],
    ...['NODE_*', 'NPM_*', 'PYTHON*', 'PERL5*', 'RUBY*', 'GEM_*', 'BUNDLE_*', 'GIT_*', 'SSH_*', 'DOCKER_*'],
    ...['JAVA_TOOL_OPTIONS', '_JAVA_OPTIONS', 'JDK_JAVA_OPTIONS', 'CLASSPATH', 'GOFLAGS', 'RUSTC_*', 'CARGO_*'],
    ...['GITHUB_*', 'RUNNER_*', 'ACTIONS_*', 'INPUT_*', 'STATE_*', 'CI', 'SSL_CERT_*', 'OPENSSL_*', '*_PROXY'],
    ...['PGOPTIONS', 'PGSERVICE', 'PGSERVICEFILE', 'PGPASSFILE', 'PGSYSCONFDIR', 'PGHOSTADDR', 'PGSSLROOTCERT'],
];
const isReserved = (name) => RESERVED_NAMES.some((entry) => {
    if (entry.startsWith('*'))
        return name.endsWith(entry.slice(1));
    return entry.endsWith('*') ? name.startsWith(entry.slice(0, -1)) : name === entry;
});
function prefixed(variables, prefix) {
    if (prefix === '')
        return new Map(variables);
    if (!/^[A-Z][A-Z0-9_]{0,63}$/.test(prefix)) {
        throw new _problems_index_js__WEBPACK_IMPORTED_MODULE_0__/* .Problem */ .A('invalid-input', {
            input: 'env-prefix',
            what: 'is not an upper-case letter followed by at most 63 upper-case letters, digits or `_`',
            fix: 'Use a prefix such as `ANALYTICS_`.',
        });
    }
    const result = new Map(Array.from(variables, ([name, value]) => [prefix + name, value]));
    const reserved = [...result.keys()].find(isReserved);
    if (reserved !== undefined) {
        throw new _problems_index_js__WEBPACK_IMPORTED_MODULE_0__/* .Problem */ .A('invalid-input', {
            input: 'env-prefix',
            what: `would set \`${reserved}\`, a name by which other programs are steered`,
            fix: 'Use another prefix, such as the name of what the database holds.',
        });
    }
    return result;
}


/***/ })

};
;