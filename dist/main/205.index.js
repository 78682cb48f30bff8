"use strict";
exports.id = 205;
exports.ids = [205];
exports.modules = {

/***/ 4205:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   prove: () => (/* binding */ prove),
/* harmony export */   reached: () => (/* binding */ reached)
/* harmony export */ });
/* harmony import */ var _log_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4076);

const prove = async (connection, timeoutMs, signal) => {
    delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    const { probe } = await __webpack_require__.e(/* import() */ 507).then(__webpack_require__.bind(__webpack_require__, 9507));
    const proof = await _log_js__WEBPACK_IMPORTED_MODULE_0__/* .group */ .Os('Probe', () => probe(connection, { timeoutMs, signal, onEvent: (event) => tell(event) }));
    _log_js__WEBPACK_IMPORTED_MODULE_0__/* .info */ .pq(reached(proof));
    for (const line of remarks(connection, proof))
        _log_js__WEBPACK_IMPORTED_MODULE_0__/* .notice */ .lm(line);
    return proof;
};
const ms = (time) => `${time < 10 ? time.toFixed(1) : Math.round(time)} ms`;
const tell = (event) => {
    if (event.type === 'attempt' && event.attempt > 1)
        _log_js__WEBPACK_IMPORTED_MODULE_0__/* .info */ .pq(`Attempt ${event.attempt}`);
    else if (event.type === 'stage-end')
        _log_js__WEBPACK_IMPORTED_MODULE_0__/* .info */ .pq(`  ${event.stage.padEnd(12)} ${ms(event.ms).padStart(8)}  ${event.detail}`);
    else if (event.type === 'failure') {
        _log_js__WEBPACK_IMPORTED_MODULE_0__/* .info */ .pq(`  ${event.stage.padEnd(12)} ${ms(event.ms).padStart(8)}  ${event.server}: ${event.problem.code}. ${event.problem.message}`);
    }
    else if (event.type === 'wait') {
        _log_js__WEBPACK_IMPORTED_MODULE_0__/* .info */ .pq(`  waiting ${ms(event.ms)} because of \`${event.problem.code}\`; ${Math.round(event.leftMs / 1000)} s are left`);
    }
    else if (event.type === 'notice')
        _log_js__WEBPACK_IMPORTED_MODULE_0__/* .notice */ .lm(event.text);
};
const day = (date) => date.toISOString().slice(0, 10);
const reached = (proof) => {
    const tls = proof.tlsVersion === undefined ? 'without TLS' : `over ${proof.tlsVersion.replace(/^TLSv/, 'TLS ')}`;
    const { certificate } = proof;
    const valid = certificate === undefined ? '' : `, certificate from ${day(certificate.validFrom)} until ${day(certificate.validTo)}`;
    return `Reached PostgreSQL ${proof.serverVersion} as ${proof.user}@${proof.database} ${tls}${valid}, ${Math.round(proof.ms)} ms`;
};
const remarks = ({ sslmode }, { wouldVerifyFull }) => {
    if (wouldVerifyFull === undefined || sslmode === 'verify-full')
        return [];
    return wouldVerifyFull.ok
        ? [
            `\`sslmode=verify-full\` would work as well as \`${sslmode}\` here (roots: ${wouldVerifyFull.with}), and proves whom the password goes to.`,
        ]
        : [`\`sslmode=verify-full\` would not work here: ${wouldVerifyFull.reason}`];
};


/***/ })

};
;